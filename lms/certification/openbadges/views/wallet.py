"""A person's own certificates: all of them as one file, and taking one back."""

from io import BytesIO

from flask import Response, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from lms.certification.models import Credential
from lms.certification.openbadges.forms import TakeBackForm
from lms.certification.openbadges.wallets import wallet_of
from lms.certification.queries import credentials_of_person
from lms.certification.services import take_back
from lms.certification.sheets import sheet_of
from lms.certification.views.blueprint import blueprint
from lms.certification.views.mine import personal
from lms.certification.views.verifying import day_for
from lms.clock import now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.setup import settings_of


@blueprint.get("/certificates/all.zip")
@require(Permission.LEARN)
def all_of_mine() -> Response:
    """Each on paper and as signed files, with a page that says what to do with them."""
    held = [(each, day_for(each)) for each in credentials_of_person(the_actor().person_id)]
    data = wallet_of(held, settings_of(current_app).base_url)
    return send_file(BytesIO(data), "application/zip", as_attachment=True, download_name="certificates.zip")


@blueprint.get("/certificates/<code>/take-back")
@require(Permission.SHOW_CREDENTIAL, target=personal)
def confirm_taking_back(credential: Credential) -> str:
    """Say what it means."""
    sheet = sheet_of(credential, day_for(credential))
    return render_template("openbadges/take_back.html", sheet=sheet, form=TakeBackForm())


@blueprint.post("/certificates/<code>/take-back")
@require(Permission.SHOW_CREDENTIAL, target=personal)
def take_back_now(credential: Credential) -> ResponseReturnValue:
    """Take it back, for good."""
    with write_unit():
        take_back(credential, now())
    flash(_("The certificate is taken back. What you completed stays."))
    return redirect(url_for(".mine"), 303)
