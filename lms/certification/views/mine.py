"""A person's own certificates."""

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certification.forms import VISIBILITIES, VisibilityForm
from lms.certification.models import Credential, Visibility
from lms.certification.queries import credential_by_code, credentials_of_person, given_up
from lms.certification.services import issue_again, set_visibility
from lms.certification.sheets import award_title, sheet_of
from lms.certification.views.blueprint import blueprint
from lms.certification.views.verifying import day_for
from lms.clock import now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.setup import settings_of
from lms.text import isolate_ltr


def personal(code: str) -> Credential | None:
    """A person's credential that she has not taken back, by its code."""
    credential = credential_by_code(code)
    is_hers = credential is not None and credential.person_id is not None and credential.withdrawn_at is None
    return credential if is_hers else None


def taken_back(code: str) -> Credential | None:
    """A person's credential that she has taken back, by its code."""
    credential = credential_by_code(code)
    return credential if credential is not None and credential.withdrawn_at is not None else None


@blueprint.get("/certificates")
@require(Permission.LEARN)
def mine() -> str:
    """What she holds, and how each can be found."""
    given = credentials_of_person(the_actor().person_id, taken_back=True)
    held = [(each, sheet_of(each, day_for(each))) for each in given if each.withdrawn_at is None]
    return render_template(
        "certification/mine.html",
        held=held,
        gone=[(each, award_title(each)) for each in given_up(given)],
        visibilities=VISIBILITIES,
        base_url=settings_of(current_app).base_url,
    )


@blueprint.post("/certificates/<code>/visibility")
@require(Permission.SHOW_CREDENTIAL, target=personal)
def change_visibility(credential: Credential) -> ResponseReturnValue:
    """Choose how a certificate can be found."""
    form = VisibilityForm()
    if not form.validate():
        abort(400)
    chosen = Visibility(form.visibility.data or "")
    with write_unit():
        set_visibility(credential, chosen)
    flash(_("Saved: %(choice)s.", choice=VISIBILITIES[chosen]))
    return redirect(url_for(".mine"), 303)


@blueprint.post("/certificates/<code>/again")
@require(Permission.SHOW_CREDENTIAL, target=taken_back)
def have_again(credential: Credential) -> ResponseReturnValue:
    """Another certificate for the same, instead of one that she took back."""
    with write_unit():
        again = issue_again(credential, now())
    flash(_("You have the certificate again, with the new code %(code)s.", code=isolate_ltr(again.code)))
    return redirect(url_for(".mine"), 303)
