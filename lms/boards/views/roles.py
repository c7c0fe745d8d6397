"""Who manages an organization, and codes for new passwords."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.services import make_reset_code
from lms.boards.views.blueprint import blueprint
from lms.boards.views.doing import done
from lms.clock import now, today
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.models import Membership, Organization
from lms.organizations.queries import members_page, membership_by_public_id, networks_of, organization_by_public_id
from lms.organizations.services import hand_over, make_manager, resign
from lms.paging import asked_page, asked_search
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.post("/members/<public_id>/manager")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_manager_make(membership: Membership) -> ResponseReturnValue:
    """Make her manager too."""
    return done(membership, make_manager, _("%(name)s manages the organization too."))


@blueprint.get("/organizations/<public_id>/hand-over")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_successor(organization: Organization) -> str:
    """Who shall manage the organization in one's own place."""
    search, me = asked_search(), the_actor().person_id
    people = members_page(organization, day=today(), search=search, page=asked_page(), but=me)
    return render_template(
        "boards/successor.html",
        organization=organization,
        networks=networks_of(organization),
        people=people,
        search=search,
    )


@blueprint.post("/members/<public_id>/hand-over")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_hand_over(membership: Membership) -> ResponseReturnValue:
    """Make her manager in one's own place."""
    return done(membership, hand_over, _("%(name)s manages the organization now."))


@blueprint.post("/members/<public_id>/resign")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_manager_end(membership: Membership) -> ResponseReturnValue:
    """Take the management from her, or give up one's own."""

    def end(membership: Membership, *, actor_id: int, now: datetime) -> None:
        resign(membership.organization_id, membership.person_id, actor_id=actor_id, now=now)

    return done(membership, end, _("%(name)s manages the organization no more."))


@blueprint.post("/members/<public_id>/reset-code")
@require(Permission.GIVE_RESET_CODE, target=membership_by_public_id)
def organization_reset_code(membership: Membership) -> ResponseReturnValue:
    """A code by which she can set a new password, shown once: so in the answer itself."""
    try:
        with write_unit():
            code = make_reset_code(membership.person, the_actor(), now())
    except DomainError as error:
        flash(error.message, "bad")
        return redirect(url_for("boards.organization_member", public_id=membership.public_id), 303)
    page = render_template("boards/reset_code.html", membership=membership, code=code)
    return page, 200, {"Cache-Control": "no-store"}
