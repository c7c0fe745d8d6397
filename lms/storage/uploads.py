"""How much a request may bring: little, but for the endpoints that take files."""

from flask import Flask, request

NAME = "lms_upload_limits"


def allow_upload(app: Flask, endpoint: str, most: int) -> None:
    """Let requests to an endpoint bring that many bytes."""
    app.extensions.setdefault(NAME, {})[endpoint] = most


def init_uploads(app: Flask) -> None:
    """Apply the limits before anything reads the request: the check of forms does."""

    @app.before_request
    def limit() -> None:
        most = app.extensions.get(NAME, {}).get(request.endpoint)
        if most is not None:
            request.max_content_length = most
