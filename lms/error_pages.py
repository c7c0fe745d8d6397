"""Error pages: what happened and what to do, in the reader's language; no trace, no secret."""

from flask import Flask, current_app, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from lms.db import db
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.limits import why_too_large
from lms.logs import log
from lms.typed import sent_fields, typed_texts


def explain(code: int) -> tuple[str, str]:
    """Title and explanation of an HTTP status."""
    sent = _("Your session has ended, and what you sent was not saved yet.")
    known = {
        400: (_("This request could not be read"), _("Go back and try once more.")),
        401: (_("Sign in to go on"), _("Your session has ended.") if request.method == "GET" else sent),
        403: (
            _("This page is not open to you"),
            _("Ask the manager of your organization or the admin of your network."),
        ),
        404: (_("There is nothing at this address"), _("It may have moved, or it may not be open to you.")),
        405: (_("This address does not take that"), _("Go back and use the buttons of the page.")),
        413: (_("This is too large"), why_too_large()),
        429: (_("Too many tries"), _("Wait a little and try again.")),
        503: (_("The service is being looked after"), _("It will be back shortly. Nothing that was saved is lost.")),
    }
    return known.get(code) or (
        _("Something went wrong on our side"),
        _("It has been noted. Nothing that was saved is lost."),
    )


def _page(code: int, title: str, text: str, *, typed: bool = False) -> ResponseReturnValue:
    for_programs, problem = current_app.extensions["lms_problems"]
    if request.path.startswith(for_programs):
        answer: ResponseReturnValue = problem(code)
        return answer
    if request.accept_mimetypes.best == "application/json" or request.is_json:
        problem = {"status": code, "title": title, "detail": text}
        return jsonify(problem), code, {"Content-Type": "application/problem+json"}
    if request_ctx.url_adapter is None:
        return _strange_host(code)
    values = {
        "request_id": g.get("request_id", ""),
        "form": _form_address() if code in (400, 401, 413) else "",
        "sent": sent_fields() if code == 401 else [],
        "typed": typed_texts() if typed else [],
    }
    return render_template("error.html", code=code, title=title, text=text, **values), code


def _strange_host(code: int) -> ResponseReturnValue:
    """Asked by a host name that is not ours, we know no address of ours: a line, without the frame of a page."""
    text = _("This installation does not answer to this host name. Whoever runs it can add it to ALLOWED_HOSTS.")
    return f"{text}\n", code, {"Content-Type": "text/plain; charset=utf-8"}


def _form_address() -> str:
    """Where the form stands that was sent, as far as its address is a page too."""
    ours = request_ctx.url_adapter
    return request.path if ours is not None and ours.test(request.path, "GET") else ""


def init_error_pages(app: Flask) -> None:
    """Show our page for every error."""

    @app.errorhandler(CSRFError)
    def form_expired(error: CSRFError) -> ResponseReturnValue:
        text = _("What you sent was not saved. Open the form anew and send it once more.")
        return _page(400, _("This form has expired"), text, typed=True)

    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> ResponseReturnValue:
        return _page(409, _("This cannot be done now"), error.message)

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        if code < 400:
            return error.get_response()
        answer = make_response(_page(code, *explain(code), typed=code == 401))
        answer.headers.extend(each for each in error.get_headers() if each[0] == "Retry-After")
        return answer

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> ResponseReturnValue:
        if current_app.testing and not current_app.config.get("LMS_SHOW_ERROR_PAGES"):
            raise error
        log.error("unhandled", exc_info=error, extra={"facts": {"id": g.get("request_id", "")}})
        db.session.rollback()
        return _page(500, *explain(500))
