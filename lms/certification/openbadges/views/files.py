"""A certificate as a signed file: for anyone who has its code, as its page is."""

from collections.abc import Callable
from io import BytesIO

from flask import Response, abort, send_file

from lms.certification.models import Credential
from lms.certification.openbadges.emblems import emblem_of
from lms.certification.openbadges.signed import CannotSign, can_be_had, json_of, jwt_of, png_of, svg_of
from lms.certification.queries import credential_by_code
from lms.certification.sheets import status_of
from lms.certification.views.blueprint import blueprint
from lms.certification.views.verifying import day_for
from lms.security import public
from lms.storage.sending import ALONE


@blueprint.get("/verify/<code>/credential.json")
@public
def credential_json(code: str) -> Response:
    """Signed inside."""
    return _file(code, json_of, "application/vc+ld+json", "json")


@blueprint.get("/verify/<code>/credential.jwt")
@public
def credential_jwt(code: str) -> Response:
    """Signed around."""
    return _file(code, jwt_of, "text/plain", "jwt")


@blueprint.get("/verify/<code>/badge.png")
@public
def badge_png(code: str) -> Response:
    """The badge, with the credential in it."""
    return _file(code, png_of, "image/png", "png")


@blueprint.get("/verify/<code>/badge.svg")
@public
def badge_svg(code: str) -> Response:
    """The same as drawing."""
    return _file(code, svg_of, "image/svg+xml", "svg")


@blueprint.get("/verify/<code>/badge-image.svg")
@public
def badge_image(code: str) -> Response:
    """The badge alone, for pages."""
    response = Response(emblem_of(_shown(code)), mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = ALONE
    return response


def _shown(code: str) -> Credential:
    credential = credential_by_code(code)
    if credential is None or not can_be_had(credential, status_of(credential, day_for(credential))):
        abort(404)
    return credential


def _file(code: str, make: Callable[[Credential], str | bytes], kind: str, ending: str) -> Response:
    credential = _shown(code)
    try:
        made = make(credential)
    except CannotSign:
        abort(503)
    data = made.encode() if isinstance(made, str) else made
    name = f"{credential.code}.{ending}"
    response = send_file(BytesIO(data), kind, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = ALONE
    return response
