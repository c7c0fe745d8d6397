"""People of an organization: taken in, led, let go."""

from datetime import datetime

from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.events import JoinRefused, MemberJoined, MemberLeft, PostNamed
from lms.organizations.models import Membership, Post
from lms.organizations.services.memberships import (
    end_management,
    grant_management,
    last_membership,
    lock,
    open_membership,
)


def confirm(membership: Membership, *, actor_id: int | None, now: datetime) -> None:
    """Let a membership count from today on; twice is once."""
    if membership.confirmed_at is not None:
        return
    membership.confirmed_at, membership.confirmed_by_id = now, actor_id
    membership.starts_on = now.date()
    emit(_joined(membership, actor_id, now))


def confirm_member(membership: Membership, *, actor_id: int, now: datetime) -> None:
    """Take in somebody who waits. Raises NotAllowed where she does not wait any more."""
    lock(membership.organization_id)
    if not membership.covers(now.date()):
        raise NotAllowed(_("This person does not wait any more."))
    confirm(membership, actor_id=actor_id, now=now)


def refuse_member(membership: Membership, *, actor_id: int, now: datetime) -> None:
    """Do not take in somebody who waits. Raises NotAllowed where she was taken in."""
    lock(membership.organization_id)
    if membership.confirmed_at is not None:
        raise NotAllowed(_("This person is a member already. End the membership instead."))
    if not membership.covers(now.date()):
        return
    membership.ends_on, membership.ended_by_id = now.date(), actor_id
    emit(
        JoinRefused(
            at=now, actor_id=actor_id, organization_id=membership.organization_id, person_id=membership.person_id
        )
    )


def end_membership(membership: Membership, *, actor_id: int, now: datetime) -> None:
    """Somebody leaves, by herself or by a manager; her management of the organization ends with it.

    Raises NotAllowed where she is its only manager.
    """
    lock(membership.organization_id)
    if not membership.covers(now.date()):
        return
    end_management(membership.organization_id, membership.person_id, actor_id=actor_id, now=now)
    planned = membership.planned_end
    membership.ends_on, membership.ended_by_id = now.date(), actor_id
    if membership.confirmed_at is not None:
        emit(MemberLeft(now, actor_id, membership.person_id, membership.organization_id, planned))


def return_member(membership: Membership, *, actor_id: int, now: datetime) -> Membership:
    """Take back somebody whose membership was ended by a manager; gives the membership that counts now.

    Raises NotAllowed where only a new invitation can bring her back.
    """
    lock(membership.organization_id)
    last = last_membership(membership.organization_id, membership.person_id)
    if last is not None and last.id != membership.id and last.covers(now.date()):
        return last
    if not membership.may_return(now.date()):
        raise NotAllowed(_("This person left of their own accord, or long ago. A new invitation is needed."))
    if membership.ends_on == now.date():
        membership.ends_on = membership.ended_by_id = None
        emit(_joined(membership, actor_id, now))
        return membership
    fresh = open_membership(membership.organization_id, membership.person_id, now)
    confirm(fresh, actor_id=actor_id, now=now)
    return fresh


def set_title(membership: Membership, title: str) -> None:
    """Say what a person does in the organization."""
    membership.title = title


def name_for_post(membership: Membership, post: Post | None, *, actor_id: int, now: datetime) -> None:
    """Name a member for a post, or take it from her (None); several may have the same one.

    Raises NotAllowed where she is no member now.
    """
    lock(membership.organization_id)
    if membership.confirmed_at is None or not membership.covers(now.date()):
        raise NotAllowed(_("Only a confirmed member can have a post."))
    if membership.post == post:
        return
    membership.post = post
    emit(PostNamed(now, actor_id, membership.person_id, membership.organization_id, post.value if post else ""))


def make_manager(membership: Membership, *, actor_id: int, now: datetime) -> None:
    """Make a member manager too. Raises NotAllowed where she is no member now."""
    lock(membership.organization_id)
    if membership.confirmed_at is None or not membership.covers(now.date()):
        raise NotAllowed(_("Only a confirmed member can manage the organization."))
    grant_management(membership.organization_id, membership.person_id, actor_id=actor_id, now=now)


def resign(organization_id: int, person_id: int, *, actor_id: int, now: datetime) -> None:
    """Give up, or take away, the management; the membership goes on. Raises NotAllowed for the only manager."""
    lock(organization_id)
    end_management(organization_id, person_id, actor_id=actor_id, now=now)


def hand_over(membership: Membership, *, actor_id: int, now: datetime) -> None:
    """Make a member manager in place of the actor. Raises NotAllowed where she is no member now."""
    make_manager(membership, actor_id=actor_id, now=now)
    if membership.person_id != actor_id:
        end_management(membership.organization_id, actor_id, actor_id=actor_id, now=now)


def _joined(membership: Membership, actor_id: int | None, now: datetime) -> MemberJoined:
    return MemberJoined(
        at=now, actor_id=actor_id, person_id=membership.person_id, organization_id=membership.organization_id
    )
