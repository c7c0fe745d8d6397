"""The first account of an installation, made by whoever started it."""

from flask import abort, g, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.beginning import begin_session
from lms.accounts.forms import FirstRunForm
from lms.accounts.passwords import checked_password, hash_password
from lms.accounts.services import create_person, first_run_by_code, is_first_run, make_first_operator
from lms.accounts.trying import counted_try, refused
from lms.accounts.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.security import public


@blueprint.get("/first-run")
@public
def first_run() -> str:
    """The form for the first operator; nothing is here once there is one."""
    if not is_first_run():
        abort(404)
    return render_template("accounts/first_run.html", form=FirstRunForm())


@blueprint.post("/first-run")
@public
def first_run_make() -> ResponseReturnValue:
    """Make the account, by the code on the console."""
    if not is_first_run():
        abort(404)
    form = FirstRunForm()
    if not form.validate():
        return render_template("accounts/first_run.html", form=form), 422
    try:
        with counted_try("first run", ""):
            code = first_run_by_code(form.code.data or "", now())
        names = (form.sign_in_name.data or "", form.display_name.data or "")
        hashed = hash_password(checked_password(form.password.data or "", names=names))
        with write_unit():
            person = create_person(
                display_name=names[1], sign_in_name=names[0], password_hash=hashed, language=g.lang, now=now()
            )
            make_first_operator(person, code, now())
    except DomainError as error:
        return refused("accounts/first_run.html", form, error)
    return begin_session(person, url_for("accounts.welcome"))
