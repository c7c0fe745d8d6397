"""What verifiers anywhere ask for: lists of revocations, and the keys of this installation. Never in a language."""

from flask import Response, abort, current_app, jsonify

from lms.certification.openbadges.purposes import Purpose
from lms.certification.openbadges.queries import (
    KEY,
    WEB,
    did_web,
    issuer_keys,
    key_by_public_id,
    last_list,
)
from lms.certification.openbadges.signed import TOKEN, CannotSign, did_document, status_list
from lms.certification.views.blueprint import paper
from lms.clock import now
from lms.security import public
from lms.setup import settings_of

FRESH = "public, max-age=60"


JSON, JWT = ("", "application/vc+ld+json"), (TOKEN, "application/vc+jwt")


@paper.get("/api/v1/status-lists/<method>/<key>/<int:number>")
@public
def revocations(method: str, key: str, number: int) -> Response:
    """A list, signed inside."""
    return _list(method, key, Purpose.REVOCATION, number, JSON)


@paper.get("/api/v1/status-lists/<method>/<key>/<int:number>/jwt")
@public
def revocations_jwt(method: str, key: str, number: int) -> Response:
    """The same list, signed around."""
    return _list(method, key, Purpose.REVOCATION, number, JWT)


@paper.get("/api/v1/status-lists/<method>/<key>/suspension/<int:number>")
@public
def suspensions(method: str, key: str, number: int) -> Response:
    """What does not count for the time being, signed inside."""
    return _list(method, key, Purpose.SUSPENSION, number, JSON)


@paper.get("/api/v1/status-lists/<method>/<key>/suspension/<int:number>/jwt")
@public
def suspensions_jwt(method: str, key: str, number: int) -> Response:
    """The same list, signed around."""
    return _list(method, key, Purpose.SUSPENSION, number, JWT)


def _list(method: str, key: str, purpose: Purpose, number: int, signed: tuple[str, str]) -> Response:
    form, kind = signed
    row = key_by_public_id(key)
    methods = (KEY, WEB) if settings_of(current_app).did_web else (KEY,)
    if row is None or method not in methods or not 1 <= number <= last_list():
        abort(404)
    try:
        return _open_to_all(Response(status_list(row, method, purpose, number, form, now()), mimetype=kind))
    except CannotSign:
        abort(503)


@paper.get("/.well-known/did.json")
@public
def did_json() -> Response:
    """The keys, where the settings ask for a name by the address."""
    if not settings_of(current_app).did_web:
        abort(404)
    return _open_to_all(jsonify(did_document(did_web(), issuer_keys())))


def _open_to_all(response: Response) -> Response:
    """It holds nothing of anybody, and checking pages of other sites read it."""
    response.headers["Cache-Control"] = FRESH
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
