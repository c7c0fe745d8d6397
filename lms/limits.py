"""How much a request may hold: little where it only carries a form, more where a file comes with it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from lms.i18n import gettext as _
from lms.i18n import reader

FORM_LIMIT = 2 * 1024 * 1024
UPLOAD_LIMIT = 8 * 1024 * 1024
MULTIPART = "multipart/form-data"

View = TypeVar("View", bound=Callable[..., Any])


def takes_upload(view: View) -> View:
    """Declare that a file may be sent to the endpoint."""
    return takes_upload_of(UPLOAD_LIMIT)(view)


def takes_upload_of(size: int) -> Callable[[View], View]:
    """Declare that files of at most `size` bytes altogether may be sent to the endpoint."""

    def decorate(view: View) -> View:
        view.lms_upload = size  # type: ignore[attr-defined]
        return view

    return decorate


def takes_at_most(size: int) -> Callable[[View], View]:
    """Declare that the endpoint takes bodies of at most `size` bytes."""

    def decorate(view: View) -> View:
        view.lms_largest = size  # type: ignore[attr-defined]
        return view

    return decorate


def limit() -> int:
    """How many bytes the present request may have."""
    view = current_app.view_functions.get(request.endpoint or "")
    name = "lms_upload" if request.mimetype == MULTIPART and hasattr(view, "lms_upload") else "lms_largest"
    found: int = getattr(view, name, FORM_LIMIT)
    return found


def why_too_large() -> str:
    """Which limit the present request is over, and how to go on."""
    most = limit()
    if most > FORM_LIMIT and (request.content_length or 0) <= most:
        most = FORM_LIMIT
    size = reader().file_size(most)
    if most > FORM_LIMIT:
        return _("A file may have at most %(size)s. Nothing was saved. Choose a smaller file, or split it.", size=size)
    return _(
        "What a form sends may have at most %(size)s. Nothing was saved. The Back button of your browser leads to the"
        " form again; copy what you typed from there, shorten it, and send it once more.",
        size=size,
    )


def init_limits(app: Flask) -> None:
    """Keep every request within its limit, and no file open after it. Comes before whatever reads a form."""
    app.config.update(MAX_CONTENT_LENGTH=UPLOAD_LIMIT, MAX_FORM_MEMORY_SIZE=FORM_LIMIT)

    @app.before_request
    def set_limit() -> None:
        request.max_content_length = limit()

    @app.teardown_request
    def close_files(_error: BaseException | None) -> None:
        request.close()
