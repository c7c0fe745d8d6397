"""A network's verdicts over an organization's way: award, return, extend, suspend, resume, begin anew."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.boards.forms.verdicts import ExtendForm, PlainForm, ReasonForm, ReturnForm
from lms.boards.queries.naming import who_did
from lms.boards.standings import standing_of_cycle
from lms.boards.views.blueprint import blueprint
from lms.certification.models import Cycle
from lms.certification.queries import cycle_by_public_id, is_own
from lms.certification.services import award, extend, resume, return_to, start_again, submit, suspend
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.forms import Form
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.guards import the_actor

FORMS: dict[str, type[Form]] = {
    "award": PlainForm,
    "return": ReturnForm,
    "extend": ExtendForm,
    "suspend": ReasonForm,
    "resume": ReasonForm,
    "again": PlainForm,
}


@blueprint.get("/cycles/<public_id>")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle(cycle: Cycle) -> str:
    """Where the organization stands with a level, and every verdict that is possible now."""
    return _page(cycle)


@blueprint.post("/cycles/<public_id>/submit")
@require(Permission.MANAGE_ORGANIZATION, target=cycle_by_public_id)
def cycle_submit(cycle: Cycle) -> ResponseReturnValue:
    """A manager hands in to the network."""
    try:
        with write_unit():
            submit(cycle, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(_("Handed in. The network decides now."))
    return redirect(url_for("boards.organization", public_id=cycle.organization.public_id), 303)


@blueprint.post("/cycles/<public_id>/award")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle_award(cycle: Cycle) -> ResponseReturnValue:
    """Award a level whose requirements are all met; or propose it, where a second admin has to agree."""

    def deed(_form: Any) -> str:
        made = award(cycle, actor_id=the_actor().person_id, now=now())
        return _("The certificate is awarded.") if made else _("The award is proposed. Another admin has to agree.")

    return _decided(cycle, "award", deed)


@blueprint.post("/cycles/<public_id>/return")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle_return(cycle: Cycle) -> ResponseReturnValue:
    """Give back what was handed in, with a comment."""

    def deed(form: Any) -> str:
        return_to(cycle, form.reason.data, actor_id=the_actor().person_id, now=now())
        return _("Returned to the organization.")

    return _decided(cycle, "return", deed)


@blueprint.post("/cycles/<public_id>/extend")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle_extend(cycle: Cycle) -> ResponseReturnValue:
    """Let a certificate be valid longer."""

    def deed(form: Any) -> str:
        extend(cycle, form.until.data, form.reason.data, actor_id=the_actor().person_id, now=now())
        return _("The certificate is extended.")

    return _decided(cycle, "extend", deed)


@blueprint.post("/cycles/<public_id>/suspend")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle_suspend(cycle: Cycle) -> ResponseReturnValue:
    """Let a certificate not count for the time being."""

    def deed(form: Any) -> str:
        suspend(cycle, form.reason.data, actor_id=the_actor().person_id, now=now())
        return _("The certificate is suspended.")

    return _decided(cycle, "suspend", deed)


@blueprint.post("/cycles/<public_id>/resume")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle_resume(cycle: Cycle) -> ResponseReturnValue:
    """Let a suspended certificate count again."""

    def deed(form: Any) -> str:
        resume(cycle, form.reason.data, actor_id=the_actor().person_id, now=now())
        return _("The certificate counts again.")

    return _decided(cycle, "resume", deed)


@blueprint.post("/cycles/<public_id>/again")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle_again(cycle: Cycle) -> ResponseReturnValue:
    """Let an organization begin a level anew whose certificate was revoked."""

    def deed(_form: Any) -> str:
        start_again(cycle, actor_id=the_actor().person_id, now=now())
        return _("The level has begun anew.")

    return _decided(cycle, "again", deed)


def _decided(cycle: Cycle, name: str, deed: Callable[[Any], str]) -> ResponseReturnValue:
    """Do it and say so; or show the page again with the reason at the field that it concerns."""
    form = FORMS[name](prefix=f"{name}-")
    if not form.validate():
        return _page(cycle, name, form), 422
    try:
        with write_unit():
            message = deed(form)
    except DomainError as error:
        form.refuse(error)
        return _page(cycle, name, form), 422
    flash(message)
    return redirect(url_for("boards.cycle", public_id=cycle.public_id), 303)


def _page(cycle: Cycle, name: str = "", form: Form | None = None) -> str:
    forms = {each: made(prefix=f"{each}-", formdata=None) for each, made in FORMS.items()}
    if form is not None:
        forms[name] = form
    board, level = standing_of_cycle(cycle)
    actor, proposer = the_actor(), cycle.proposed_by_id
    who = who_did({proposer} if proposer else (), cycle.organization_id, cycle.network_id, actor)
    return render_template(
        "boards/cycle.html",
        cycle=cycle,
        board=board,
        level=level,
        forms=forms,
        failed=name,
        own=is_own(cycle.organization_id, actor),
        proposer=who.get(proposer or 0),
        proposed_by_me=proposer == actor.person_id,
    )
