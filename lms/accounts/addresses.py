"""Addresses: where to go on to after signing in, and how a page is named in a mail."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for

from lms.messages.unsubscribing import unsubscribe_token
from lms.setup import settings_of


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


def whole_address(endpoint: str, **values: str) -> str:
    """The address of a page as it stands in a mail: of the configured site, in a request or outside of one."""
    path: str = current_app.url_map.bind("").build(endpoint, values)
    return settings_of(current_app).base_url.rstrip("/") + path


def way_out(public_id: str, language: str, kind: str) -> str:
    """The address by which a person (by her public id) ends mails of a kind."""
    return whole_address("notifications.unsubscribe", lang=language, token=unsubscribe_token(public_id, kind))
