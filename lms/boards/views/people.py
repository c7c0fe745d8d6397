"""The people of an organization, for its managers."""

from datetime import datetime

from flask import Response, flash, render_template
from flask.typing import ResponseReturnValue

from lms.accounts.services import may_make_reset_code
from lms.boards.queries import learning_of, offered_count, ways_of_person, ways_of_staff
from lms.boards.staff_sheet import StaffFile, staff_file, staff_sheet
from lms.boards.views.blueprint import blueprint
from lms.boards.views.doing import done, to_people
from lms.clock import now, today
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.organizations.join_forms import TitleForm
from lms.organizations.models import Membership, Organization, Post
from lms.organizations.queries import (
    managers_of,
    members_page,
    membership_by_public_id,
    organization_by_public_id,
    returnable_of,
    waiting_of,
)
from lms.organizations.services import (
    confirm_member,
    end_membership,
    name_for_post,
    refuse_member,
    return_member,
    set_title,
)
from lms.paging import asked_page, asked_search
from lms.reports.sending import download
from lms.reports.wording import STAGES
from lms.security import Permission, require
from lms.security.guards import the_actor

OFFERED = ("csv", "xlsx", "pdf")
"""What the list is offered as; JSON is for programs."""


@blueprint.get("/organizations/<public_id>/people")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_people(organization: Organization) -> str:
    """Who waits, who belongs, and who can be taken back."""
    day, search = today(), asked_search()
    people = members_page(organization, day=day, search=search, page=asked_page())
    return render_template(
        "boards/people.html",
        organization=organization,
        search=search,
        people=people,
        learning=learning_of([m.person.id for m in people.items], organization.id, day),
        offered=offered_count(organization.id, day),
        waiting=waiting_of(organization.id, day, asked_page("waiting")),
        returnable=returnable_of(organization.id, day),
        formats=OFFERED,
    )


@blueprint.get("/organizations/<public_id>/people/<file_format>")
@require(Permission.MANAGE_ORGANIZATION, target=staff_file)
def organization_people_file(target: StaffFile) -> Response:
    """How far each of them is with each module, to report of or to keep."""
    ways = ways_of_staff(target.organization.id, today())
    return download(staff_sheet(target.organization, ways, now()), target.file_format)


@blueprint.get("/members/<public_id>")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member(membership: Membership) -> str:
    """One person: how far she is, her title, her role, a code for a new password, the end of her membership."""
    return _member_page(membership, TitleForm(title=membership.title))


@blueprint.post("/members/<public_id>")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member_save(membership: Membership) -> ResponseReturnValue:
    """Store the title."""
    form = TitleForm()
    if not form.validate():
        return _member_page(membership, form), 422
    with write_unit():
        set_title(membership, form.title.data or "")
    flash(_("Saved."))
    return to_people(membership)


def _member_page(membership: Membership, form: TitleForm) -> str:
    managers = {person.id for person in managers_of(membership.organization_id)}
    counts = membership.covers(today()) and membership.confirmed_at is not None
    return render_template(
        "boards/member.html",
        membership=membership,
        organization=membership.organization,
        form=form,
        ways=ways_of_person(membership.person_id, membership.organization_id, today()) if counts else [],
        stages=STAGES,
        manages=membership.person_id in managers,
        only_manager=managers == {membership.person_id},
        is_oneself=membership.person_id == the_actor().person_id,
        inside=membership.covers(today()),
        may_return=membership.may_return(today()),
        may_reset=may_make_reset_code(membership.person, the_actor(), today()),
    )


@blueprint.post("/members/<public_id>/confirm")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member_confirm(membership: Membership) -> ResponseReturnValue:
    """Take in somebody who waits."""
    return done(membership, confirm_member, _("%(name)s is a member now."))


@blueprint.post("/members/<public_id>/refuse")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member_refuse(membership: Membership) -> ResponseReturnValue:
    """Do not take her in."""
    return done(membership, refuse_member, _("%(name)s was not taken in."))


@blueprint.post("/members/<public_id>/coordinator")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member_coordinator(membership: Membership) -> ResponseReturnValue:
    """Name her the organization's networking coordinator."""

    def name(membership: Membership, *, actor_id: int, now: datetime) -> None:
        name_for_post(membership, Post.COORDINATOR, actor_id=actor_id, now=now)

    return done(membership, name, _("%(name)s is networking coordinator now."))


@blueprint.post("/members/<public_id>/coordinator/end")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member_coordinator_end(membership: Membership) -> ResponseReturnValue:
    """She is it no more."""

    def end(membership: Membership, *, actor_id: int, now: datetime) -> None:
        name_for_post(membership, None, actor_id=actor_id, now=now)

    return done(membership, end, _("%(name)s is networking coordinator no more."))


@blueprint.get("/members/<public_id>/end")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member_end(membership: Membership) -> str:
    """Ask whether she shall leave."""
    return render_template("boards/member_end.html", membership=membership, organization=membership.organization)


@blueprint.post("/members/<public_id>/end")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member_end_now(membership: Membership) -> ResponseReturnValue:
    """End the membership."""
    return done(membership, end_membership, _("%(name)s is no member any more. For a month you can undo this."))


@blueprint.post("/members/<public_id>/return")
@require(Permission.MANAGE_ORGANIZATION, target=membership_by_public_id)
def organization_member_return(membership: Membership) -> ResponseReturnValue:
    """Take somebody back."""
    return done(membership, return_member, _("%(name)s is a member again."))
