"""Making the links of a list."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from lms.imports.plan import Planned
from lms.organizations.models import Invitation, Organization
from lms.organizations.services import Invited, invite, revoke
from lms.text import short_id


def invite_all(
    organization: Organization, chosen: Iterable[Planned], *, language: str, actor_id: int, now: datetime
) -> Sequence[Invitation]:
    """A link for each chosen entry, all of one batch; `language` is for those that name none."""
    batch = short_id()
    made = []
    for planned in chosen:
        entry = planned.entry
        invited = Invited(entry.name, entry.language or language, entry.email)
        invitation = invite(organization, invited, actor_id=actor_id, now=now)
        invitation.batch = batch
        made.append(invitation)
    return made


def revoke_unused(invitations: Iterable[Invitation], *, actor_id: int, now: datetime) -> int:
    """Close the links by which nobody joined yet, and say how many those were."""
    still_open = [invitation for invitation in invitations if invitation.is_open(now)]
    for invitation in still_open:
        revoke(invitation, actor_id=actor_id, now=now)
    return len(still_open)
