"""Errors of the API: problem details (RFC 9457) in the caller's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException, UnprocessableEntity

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import language

MIMETYPE = "application/problem+json"
START = "/api/"
"""What every address for programs begins with."""
CHALLENGES = ('Bearer realm="Tashbik API"', 'Basic realm="Tashbik API", charset="UTF-8"')


def explain(code: int) -> tuple[str, str]:
    """Title and detail of an HTTP status, for who writes or runs a program."""
    known = {
        400: (_("This request could not be read"), _("The address, a header or the body is not well-formed.")),
        401: (
            _("No valid token"),
            _("Send a token in the Authorization header. This one is missing, unknown, revoked or past its last day."),
        ),
        403: (_("The token may not do this"), _("It lacks the scope. Make another one that has it.")),
        404: (_("There is nothing at this address"), _("It does not exist, or it is not of the token's network.")),
        405: (_("This address does not take that method"), _("The Allow header says which it takes.")),
        406: (_("There is no such format"), _("The Accept header excludes what this address gives.")),
        409: (_("This cannot be done now"), _("The state of things does not allow it.")),
        413: (_("This is too large"), _("Send less at a time.")),
        415: (
            _("The body is of another kind"),
            _("Send JSON or CSV, with the content type application/json or text/csv."),
        ),
        422: (_("Some of what was sent cannot be used"), _("“errors” says what, and why.")),
        429: (_("Too many requests"), _("Wait as many seconds as the Retry-After header says.")),
        503: (_("The service is being looked after"), _("It will be back shortly.")),
    }
    return known.get(code) or (_("Something went wrong on our side"), _("It has been noted."))


def problem(
    code: int, detail: str = "", errors: Iterable[Mapping[str, str]] = (), headers: Iterable[tuple[str, str]] = ()
) -> Response:
    """The answer that tells of an error; `detail` in place of the usual one."""
    title, usual = explain(code)
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": code, "detail": detail or usual}
    found = list(errors)
    if found:
        body["errors"] = found
    response = Response(json.dumps(body, ensure_ascii=False), code, content_type=MIMETYPE)
    for name, value in headers:
        response.headers.add(name, value)
    if code == 401:
        for challenge in CHALLENGES:
            response.headers.add("WWW-Authenticate", challenge)
    response.headers["Content-Language"] = language()
    response.headers["Cache-Control"] = "no-store"
    return response


class Refused(UnprocessableEntity):
    """Parameters, or places in the body, that cannot be used: each with what is wrong with it."""

    def __init__(self, messages: Any, place: str = "query") -> None:
        super().__init__()
        self.data = {"messages": {place: messages}}


def of_http(error: HTTPException) -> Response:
    """The problem that an HTTP error tells of."""
    code = error.code or 500
    data: Mapping[str, Any] = getattr(error, "data", None) or {}
    # What an error has to say beside its page: which methods are allowed, when to try again.
    headers = [each for each in error.get_headers() if each[0] in ("Allow", "Retry-After", "WWW-Authenticate")]
    return problem(code, errors=pointers(data.get("messages", {})), headers=headers)


def of_domain(error: DomainError) -> Response:
    """The problem that a service's refusal tells of."""
    return problem(409, error.message)


def pointers(messages: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each thing that is wrong, with the parameter, or the place in the body (RFC 6901), that it concerns."""
    found = []
    for place, wrong in messages.items():
        for path, text in _flat(wrong, ()):
            where = {"parameter": path[0] if path else ""} if place == "query" else {"pointer": "#" + _pointer(path)}
            found.append({"detail": text, **where})
    return found


def _flat(wrong: Any, path: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], str]]:
    if isinstance(wrong, Mapping):
        for key, value in wrong.items():
            yield from _flat(value, (*path, str(key)))
    elif isinstance(wrong, (list, tuple)):
        for value in wrong:
            yield from _flat(value, path)
    else:
        yield path, str(wrong)


def _pointer(path: tuple[str, ...]) -> str:
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)


def is_for_programs() -> bool:
    """Whether the present request is one of the API's, whether there is anything at its address or not."""
    return request.path.startswith(START)


def init_problems(app: Flask) -> None:
    """Give errors that no endpoint of ours raised (no such address, no such method) the same shape."""
    app.extensions["lms_problems"] = (START, problem)
