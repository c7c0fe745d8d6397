"""My data: what is kept and who sees it, to download and to erase."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.current import the_person
from lms.accounts.exporting import data_archive
from lms.accounts.forms import EraseForm
from lms.accounts.privacy import hindrances
from lms.accounts.services import erase_account
from lms.accounts.sessions import COOKIE
from lms.accounts.trying import prove_password, refused
from lms.accounts.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import Permission, require

ERASE = "accounts/erase.html"


@blueprint.get("/account/my-data")
@require(Permission.USE_ACCOUNT)
def my_data() -> str:
    """What is kept, and who sees it, in plain words."""
    return render_template("accounts/my_data.html")


@blueprint.get("/account/my-data/download")
@require(Permission.USE_ACCOUNT)
def my_data_download() -> Response:
    """Everything that is kept, as a file."""
    response = Response(data_archive(the_person()), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/account/my-data/erase")
@require(Permission.USE_ACCOUNT)
def erase() -> str:
    """Ask whether the account shall go, and say what goes and what stays."""
    return render_template(ERASE, form=EraseForm(), hindrances=hindrances(the_person()))


@blueprint.post("/account/my-data/erase")
@require(Permission.USE_ACCOUNT)
def erase_now() -> ResponseReturnValue:
    """Erase the account."""
    person, form = the_person(), EraseForm()
    if not form.validate():
        return render_template(ERASE, form=form, hindrances=hindrances(person)), 422
    try:
        prove_password(person, form.present.data or "", "present")
        with write_unit():
            erase_account(person, now())
    except DomainError as error:
        return refused(ERASE, form, error, hindrances=hindrances(person))
    flash(_("Your account is erased."))
    response = redirect(url_for("accounts.sign_in"), 303)
    response.delete_cookie(COOKIE)
    return response
