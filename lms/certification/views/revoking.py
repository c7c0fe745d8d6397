"""Taking an organization's certificate back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certification.forms import RevokeForm
from lms.certification.models import Credential
from lms.certification.queries import credential_by_code
from lms.certification.services import revoke
from lms.certification.sheets import sheet_of
from lms.certification.views.blueprint import blueprint
from lms.certification.views.verifying import day_for
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.guards import the_actor


def organizational(code: str) -> Credential | None:
    """An organization's credential, by its code."""
    credential = credential_by_code(code)
    return credential if credential is not None and credential.organization_id is not None else None


@blueprint.get("/certificates/<code>/revoke")
@require(Permission.MANAGE_NETWORK, target=organizational)
def confirm_revoking(credential: Credential) -> str:
    """Ask for the reason, and say what will happen."""
    return _page(credential, RevokeForm())


@blueprint.post("/certificates/<code>/revoke")
@require(Permission.MANAGE_NETWORK, target=organizational)
def revoke_now(credential: Credential) -> ResponseReturnValue:
    """Revoke, and show what the register now says."""
    form = RevokeForm()
    if not form.validate():
        return _page(credential, form), 422
    try:
        with write_unit():
            revoke(credential, form.reason.data or "", actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        form.refuse(error)
        return _page(credential, form), 422
    flash(_("The certificate is revoked."))
    return redirect(url_for(".certificate", code=credential.code), 303)


def _page(credential: Credential, form: RevokeForm) -> str:
    sheet = sheet_of(credential, day_for(credential))
    return render_template("certification/revoke.html", credential=credential, sheet=sheet, form=form)
