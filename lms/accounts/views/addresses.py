"""Where to go on to after signing in: within this site, or home."""

from urllib.parse import urlsplit

from flask import request, url_for


def local_path(address: str) -> str:
    """The address when it is a path of this site, else nothing."""
    unsafe = not address.startswith("/") or address.startswith("//") or "\\" in address or not address.isprintable()
    if unsafe:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else address


def next_address() -> str:
    """Where `next` in the present request's address leads, or home."""
    return local_path(request.args.get("next", "")) or url_for("learning.home")
