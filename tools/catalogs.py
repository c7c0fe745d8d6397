"""The catalogs of the core: `python -m tools.catalogs update | missing | fill FILE.json`.

update   reads every source string and brings translations/*.po in step (no locations, sorted: small differences).
missing  prints what is not translated yet, as JSON by language.
fill     takes such JSON with texts filled in: {"fa": {"Sign in": "ورود", "%(num)s lesson": ["…", "…"]}}; a message with
         a context is named "context\\u0004message".
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PLURALS = {
    "fa": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
    ),
}
FORMS = {"fa": 2, "ar": 6}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
OPTIONS = {"**/templates/**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def po_path(language: str) -> Path:
    """Where the core's catalog of a language lies."""
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def source_strings(folder: Path = ROOT / "lms") -> Catalog:
    """Every string of the sources under `folder`."""
    found = Catalog()
    for _file, _line, message, _comments, context in extract_from_dir(
        str(folder), METHODS, OPTIONS, KEYWORDS, strip_comment_tags=True
    ):
        found.add(message, context=context)
    return found


def read_catalog(language: str) -> Catalog:
    """A language's catalog as it stands, or an empty one."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def translated(message: Message) -> bool:
    """Whether every form has a text."""
    texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(texts) and not message.fuzzy


def key_of(message: Message) -> str:
    """What names a message in `missing` and `fill`: its singular, after its context where it has one."""
    singular = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return f"{message.context}\x04{singular}" if message.context else str(singular)


def messages_of(catalog: Catalog) -> Iterator[Message]:
    """The messages, without the header."""
    return (message for message in catalog if message.id)


def updated(language: str, sources: Catalog) -> Catalog:
    """The catalog with exactly the strings of the sources, known translations kept."""
    old = {key_of(message): message.string for message in messages_of(read_catalog(language))}
    new = Catalog(locale=language, project="tashbik-lms", version="", fuzzy=False)
    for message in messages_of(sources):
        plural = isinstance(message.id, (list, tuple))
        known = old.get(key_of(message)) or ""
        texts = ([known] if isinstance(known, str) else list(known)) if plural else known
        if plural:
            texts = (list(texts) + [""] * FORMS[language])[: FORMS[language]]
        elif not isinstance(texts, str):
            texts = texts[0]
        new.add(message.id, texts if not plural else tuple(texts), context=message.context)
    return new


def write(language: str, catalog: Catalog) -> None:
    """Store a catalog: sorted, without locations or dates, with the right plural rule."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog._num_plurals = FORMS[language]  # type: ignore[assignment]  # Babel's own number for Persian is wrong
    catalog.revision_date = catalog.creation_date = None  # type: ignore[assignment]
    body = Path(f"{path}.new")
    with body.open("wb") as file:
        write_po(file, catalog, no_location=True, sort_output=True, omit_header=True, width=0)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    path.write_text(header + body.read_text(encoding="utf-8").lstrip("\n"), encoding="utf-8")
    body.unlink()


def update() -> None:
    """Bring both catalogs in step with the sources."""
    sources = source_strings()
    for language in PLURALS:
        write(language, updated(language, sources))


def missing() -> dict[str, dict[str, object]]:
    """What is not translated, by language: key to what is to be written."""
    return {
        language: {
            key_of(message): [""] * FORMS[language] if isinstance(message.id, (list, tuple)) else ""
            for message in messages_of(read_catalog(language))
            if not translated(message)
        }
        for language in PLURALS
    }


def fill(texts: dict[str, dict[str, str | list[str]]]) -> None:
    """Write translations into the catalogs."""
    update()
    for language, given in texts.items():
        catalog = read_catalog(language)
        for message in messages_of(catalog):
            text = given.get(key_of(message))
            if text:
                message.string = tuple(text) if isinstance(text, list) else text
        write(language, catalog)


def main(arguments: list[str]) -> None:
    """Run one of the three commands."""
    match arguments:
        case ["update"]:
            update()
        case ["missing"]:
            update()
            print(json.dumps(missing(), ensure_ascii=False, indent=1))
        case ["fill", file]:
            fill(json.loads(Path(file).read_text(encoding="utf-8")))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
