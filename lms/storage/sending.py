"""A stored file as an answer."""

from flask import Response, send_file

from lms.storage.files import current_storage

YEAR = 365 * 24 * 3600
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Policy of a file that is opened by itself: whatever is in it runs nothing and loads nothing."""


def send_stored(key: str, content_type: str, *, download_name: str | None = None) -> Response:
    """The file of that key; parts of it where the request asks for a range. Kept by the browser: a key never changes.

    With `download_name` it is offered to be saved under that name. Raises FileNotFoundError. Who may see it is for the
    caller to know.
    """
    response = send_file(
        current_storage().path(key),
        mimetype=content_type,
        conditional=True,
        etag=key,
        as_attachment=download_name is not None,
        download_name=download_name,
    )
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = ALONE
    return response
