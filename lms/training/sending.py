"""Media files as answers, and their addresses."""

from collections.abc import Callable

from flask import Response, abort, url_for

from lms.storage import send_stored
from lms.training.media import Sent


def send_media(file: Sent) -> Response:
    """The file, or a part of it. 404 where storage has lost it."""
    try:
        return send_stored(file.key, file.content_type)
    except FileNotFoundError:
        abort(404)


def addresses_of_media(endpoint: str, module_id: str) -> Callable[..., str]:
    """The function from a key, and the name of a variant, to the address of a module's file."""

    def address(key: str, variant: str | None = None) -> str:
        return url_for(endpoint, module_id=module_id, key=key, variant=variant)

    return address
