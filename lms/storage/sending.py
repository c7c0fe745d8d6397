"""A stored file as an answer."""

import os

from flask import Response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from lms.storage.current import current_storage

YEAR = 365 * 24 * 3600
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Policy of a file that is opened by itself: whatever is in it runs nothing and loads nothing."""


def send_stored(key: str, content_type: str, *, download_name: str | None = None) -> Response:
    """The file of that key, read while it is sent; parts of it where the request asks for a range.

    Kept by the browser: a key never changes. With `download_name` it is offered to be saved under that name. Raises
    FileNotFoundError. Who may see it is for the caller to know.
    """
    file = current_storage().open(key)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    response = send_file(
        file,
        mimetype=content_type,
        conditional=False,
        etag=key,
        as_attachment=download_name is not None,
        download_name=download_name,
    )
    response.content_length = size
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        file.close()
        raise
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = ALONE
    return response
