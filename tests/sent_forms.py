"""Forms as a browser would send them: what a page shows, changed here and there."""

from typing import Any

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"


def form_in(html: str, action: str = "") -> dict[str, Any]:
    """The fields of the page's form whose action ends in `action`, with their values; buttons left out."""
    document = html5lib.parse(html)
    forms = [f for f in document.iter(f"{XHTML}form") if (f.get("action") or "").endswith(action)]
    main = [f for f in forms if (f.get("action") or "").endswith("sign-out") is False]
    found: dict[str, Any] = {}
    for field in main[0].iter():
        name = field.get("name")
        if name and field.get("disabled") is None:
            _add(found, name, field)
    return found


def _add(found: dict[str, Any], name: str, field: Any) -> None:
    if field.tag == f"{XHTML}textarea":
        found[name] = "".join(field.itertext())
    elif field.tag == f"{XHTML}select":
        options = list(field.iter(f"{XHTML}option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        found[name] = chosen[0].get("value") if chosen else ""
    elif field.tag == f"{XHTML}input" and field.get("type") in ("checkbox", "radio"):
        if field.get("checked") is not None:
            found.setdefault(name, []).append(field.get("value"))
    elif field.tag == f"{XHTML}input":
        value = field.get("value") or ""
        if field.get("type") == "hidden" and name in found:
            found[name] = [*(found[name] if isinstance(found[name], list) else [found[name]]), value]
        else:
            found[name] = value


def whole_body(fields: dict[str, str], data: bytes, *, name: str = "file", filename: str = "a.csv") -> dict[str, Any]:
    """A form with a file, for the test client. Made in memory: its own maker leaves large ones open on disk."""
    head = "".join(
        f'--limit\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in fields.items()
    )
    head += f'--limit\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
    return {
        "data": head.encode() + data + b"\r\n--limit--\r\n",
        "content_type": "multipart/form-data; boundary=limit",
    }
