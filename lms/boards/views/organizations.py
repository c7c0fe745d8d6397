"""An organization's board, and where one belongs."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.boards.queries import learning_of, offered_count
from lms.boards.views.blueprint import blueprint
from lms.clock import now, today
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.models import Membership, Organization
from lms.organizations.queries import (
    awaited_by,
    managers_of,
    members_page,
    membership_by_public_id,
    membership_of,
    networks_of,
    organization_by_public_id,
    organizations_by_ids,
    waiting_of,
)
from lms.organizations.services import end_membership
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor
from lms.security.policy import allows


@blueprint.get("/my-organization")
@require(Permission.LEARN)
def my_organization() -> ResponseReturnValue:
    """The organization that the reader belongs to or manages; a list where there are several or none."""
    actor = the_actor()
    mine = actor.organization_ids | actor.organizations_as(Role.MANAGER)
    organizations = organizations_by_ids(mine)
    waiting = awaited_by(actor.person_id, today())
    if len(organizations) == 1 and not waiting:
        return redirect(url_for("boards.organization", public_id=organizations[0].public_id), 303)
    return render_template("boards/my_organization.html", organizations=organizations, waiting=waiting)


@blueprint.get("/organizations/<public_id>")
@require(Permission.SEE_ORGANIZATION, target=organization_by_public_id)
def organization(organization: Organization) -> str:
    """Levels, requirements and, for who may see names, the staff."""
    day = today()
    people = members_page(organization, day=day)
    manages = allows(the_actor(), Permission.MANAGE_ORGANIZATION, organization.scope())
    return render_template(
        "boards/organization.html",
        organization=organization,
        networks=networks_of(organization),
        managers=managers_of(organization.id),
        people=people,
        learning=learning_of([m.person.id for m in people.items], organization.id, day),
        offered=offered_count(organization.id, day),
        waiting=waiting_of(organization.id, day) if manages else None,
        manages=manages,
        sees_names=manages or (organization.shares_names and _oversees(organization)),
        membership=membership_of(organization.id, the_actor().person_id, day),
    )


def _oversees(organization: Organization) -> bool:
    return bool(the_actor().networks_as(Role.NETWORK_ADMIN) & organization.scope().network_ids)


@blueprint.get("/memberships/<public_id>/leave")
@require(Permission.LEAVE_ORGANIZATION, target=membership_by_public_id)
def organization_leave(membership: Membership) -> str:
    """Ask a member whether she wants to leave."""
    only_manager = [person.id for person in managers_of(membership.organization_id)] == [membership.person_id]
    return render_template("boards/organization_leave.html", membership=membership, only_manager=only_manager)


@blueprint.post("/memberships/<public_id>/leave")
@require(Permission.LEAVE_ORGANIZATION, target=membership_by_public_id)
def organization_leave_now(membership: Membership) -> ResponseReturnValue:
    """A member leaves, or somebody who waits takes her wish back."""
    try:
        with write_unit():
            end_membership(membership, actor_id=membership.person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
        return redirect(url_for("boards.organization_leave", public_id=membership.public_id), 303)
    flash(_("You have left the organization. Your progress and certificates stay yours."))
    return redirect(url_for("learning.home"), 303)
