"""What the endpoints of the API hang on, and what each of them is made of."""

import http
from collections.abc import Callable
from functools import wraps
from typing import Any

import flask_smorest
from babel.support import LazyProxy
from flask import Flask, Response, request
from marshmallow import RAISE, Schema
from werkzeug.exceptions import HTTPException, NotAcceptable

from lms.api.bearers import bearer, note_presence
from lms.api.pace import keep_pace
from lms.api.problems import MIMETYPE, explain, of_domain, of_http, problem
from lms.api.scopes import TokenScope
from lms.api.v1.badges import describe_badges
from lms.api.v1.schemas import Problem
from lms.errors import DomainError
from lms.i18n import lazy_gettext as _
from lms.security import Permission, public, require

JSON, CSV = "application/json", "text/csv"
ALWAYS, WITH_TOKEN, WITH_QUESTION = (406, 429), (401, 403, 404), (422,)
"""Statuses by which every endpoint can refuse, one that needs a token, and one that can be asked something wrong."""

View = Callable[..., Any]


class Api(flask_smorest.Api):  # type: ignore[misc]
    """Flask-Smorest, told that errors are problem details and that it shows no pages of its own."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """The app's stay as they are: only those of the blueprint speak of problems."""

    def _register_responses(self) -> None:
        for status in http.HTTPStatus:
            told = {"description": LazyProxy(_title, status.value, enable_cache=False)}
            self.spec.components.response(status.name, {**told, "content": {MIMETYPE: {"schema": Problem}}}, lazy=True)

    def _register_etag_headers(self) -> None:
        """Said in words on the page of the document."""

    def _register_pagination_header(self) -> None:
        """Ours is another one."""


def _title(code: int) -> str:
    return explain(code)[0]


blueprint = flask_smorest.Blueprint("api_v1", __name__, url_prefix="/api/v1")


def endpoint(
    rule: str,
    *,
    summary: str,
    answer: type[Schema] | dict[str, Any],
    description: str = "",
    permission: Permission | None = None,
    target: Callable[..., Any] | None = None,
    scope: TokenScope | None = None,
    query: type[Schema] | None = None,
    gives: str = JSON,
    parameters: tuple[dict[str, Any], ...] = (),
    method: str = "GET",
    status: int = 200,
    body: dict[str, Any] | None = None,
    refuses: tuple[int, ...] = (),
) -> Callable[[View], View]:
    """Declare an endpoint: its address below /api/v1, who may ask, what may be asked, what comes back.

    What takes a body describes it by `body`; `refuses` are statuses beside those that any such endpoint can have.

    The view takes the target, then what was asked, and gives what `answer` lays out, or a response. Without a
    permission it is open to all.
    """

    def decorate(view: View) -> View:
        name = view.__name__
        made: View = view
        made = blueprint.response(status, answer, content_type=gives)(made)
        if query is not None:
            made = blueprint.arguments(query, location="query", unknown=RAISE)(made)
        made = _accepting(gives, made)
        asks = query is not None or bool(parameters)
        for code in (*(WITH_TOKEN if permission else ()), *ALWAYS, *(WITH_QUESTION if asks else ()), *refuses):
            made = blueprint.alt_response(code, http.HTTPStatus(code).name)(made)
        if scope is not None:
            made = _scoped(scope, made)
        security = [{"token": [scope.value] if scope else []}, {"password": []}] if permission else []
        told: dict[str, Any] = {"summary": summary, "description": description, "operationId": name}
        made = blueprint.doc(**told, security=security, **({"requestBody": body} if body else {}))(made)
        made = require(permission, target)(made) if permission else public(made)
        blueprint.route(rule, endpoint=name, methods=[method], parameters=_in_path(rule) + list(parameters))(made)
        return made

    return decorate


def _in_path(rule: str) -> list[dict[str, Any]]:
    texts = {
        "network_id": _("Of the network: it stands in the address of its pages."),
        "organization_id": "",
        "import_id": _("Of the import: the answer that took it has it."),
    }
    names = [part.strip("<>") for part in rule.split("/") if part.startswith("<")]
    return [
        {"in": "path", "name": name, "required": True, "schema": {"type": "string"}, "description": texts[name]}
        for name in names
    ]


def _scoped(scope: TokenScope, view: View) -> View:
    @wraps(view)
    def scoped(*arguments: Any, **values: Any) -> Any:
        found = bearer()
        if found is None or not found.has(scope):
            wanted = f'Bearer realm="Tashbik API", error="insufficient_scope", scope="{scope.value}"'
            return problem(403, headers=[("WWW-Authenticate", wanted)])
        return view(*arguments, **values)

    return scoped


def _accepting(gives: str, view: View) -> View:
    @wraps(view)
    def accepting(*arguments: Any, **values: Any) -> Any:
        if request.accept_mimetypes and not request.accept_mimetypes[gives]:
            raise NotAcceptable
        return view(*arguments, **values)

    return accepting


blueprint.before_request(keep_pace)
blueprint.register_error_handler(HTTPException, of_http)
blueprint.register_error_handler(DomainError, of_domain)


def finish(response: Response) -> Response:
    """Nothing is kept on the way; who kept it himself is told by its tag that it is the same."""
    response.headers["Cache-Control"] = "no-store" if request.endpoint != "api_v1.openapi" else "no-cache"
    response.headers["Vary"] = "Authorization, Accept, Accept-Language"
    if response.status_code == http.HTTPStatus.OK and not response.is_streamed:
        response.add_etag()
        response.make_conditional(request)
    return response


# The last that is named comes first.
for each in (note_presence, finish):
    blueprint.after_request(each)


def init_v1(app: Flask) -> None:
    """Register the endpoints, and describe them."""
    api = Api(spec_kwargs={"title": "Tashbik", "version": "1", "openapi_version": "3.1.0"})
    api.init_app(app)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    api.spec.components.security_scheme("password", {"type": "http", "scheme": "basic"})
    api.register_blueprint(blueprint)
    describe_badges(app, api.spec)
    # No cookie opens anything here, so there is nothing that a page elsewhere could forge.
    app.extensions["csrf"].exempt(blueprint)
    app.extensions["lms_api_v1"] = api
