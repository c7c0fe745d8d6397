"""Who reviews evidence for a network, and how many people do."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import person_signing_in_as
from lms.certification.evidence.queries import reviewers_needed
from lms.certification.evidence.services import set_reviewers
from lms.certification.evidence.views.blueprint import blueprint
from lms.certification.evidence.views.reviewing import named_network
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.forms import AdminForm
from lms.organizations.models import Grant, Network
from lms.organizations.queries import holder_of, holders_of
from lms.organizations.services import end_reviewer, name_reviewer
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor
from lms.text import isolate


@blueprint.get("/networks/<network_id>/evidence/reviewers")
@require(Permission.MANAGE_NETWORK, target=named_network)
def reviewers(network: Network) -> str:
    """Who reviews beside the admins, a form to name another one, and how many must agree."""
    return _page(network, AdminForm())


def _page(network: Network, form: AdminForm) -> str:
    return render_template(
        "evidence/reviewers.html",
        network=network,
        form=form,
        reviewers=holders_of(network.id, Role.REVIEWER),
        two=reviewers_needed(network.id) > 1,
    )


@blueprint.post("/networks/<network_id>/evidence/reviewers")
@require(Permission.MANAGE_NETWORK, target=named_network)
def reviewer_name(network: Network) -> ResponseReturnValue:
    """Let the person with a sign-in name review."""
    form = AdminForm()
    person = person_signing_in_as(form.sign_in_name.data or "") if form.validate() else None
    if person is None:
        if not form.errors:
            form.refuse(DomainError(_("Nobody signs in with this name. She needs an account first."), "sign_in_name"))
        return _page(network, form), 422
    with write_unit():
        name_reviewer(network, person, actor_id=the_actor().person_id, now=now())
    flash(_("%(name)s reviews evidence for the network now.", name=isolate(person.display_name)))
    return _back(network)


def reviewer_of(network_id: str, person: str) -> Grant | None:
    """The grant by which a person reviews for a network."""
    return holder_of(network_id, person, Role.REVIEWER)


@blueprint.post("/networks/<network_id>/evidence/reviewers/<person>/end")
@require(Permission.MANAGE_NETWORK, target=reviewer_of)
def reviewer_end(grant: Grant) -> ResponseReturnValue:
    """Let a person review no more."""
    network = grant.network
    assert network is not None
    with write_unit():
        end_reviewer(grant, actor_id=the_actor().person_id, now=now())
    flash(_("%(name)s reviews evidence for the network no more.", name=isolate(grant.person.display_name)))
    return _back(network)


@blueprint.post("/networks/<network_id>/evidence/setting")
@require(Permission.MANAGE_NETWORK, target=named_network)
def reviewer_setting(network: Network) -> ResponseReturnValue:
    """How many people review each piece."""
    with write_unit():
        set_reviewers(network, 2 if request.form.get("two") else 1, actor_id=the_actor().person_id, now=now())
    flash(_("Saved."))
    return _back(network)


def _back(network: Network) -> ResponseReturnValue:
    return redirect(url_for(".reviewers", network_id=network.public_id), 303)
