"""Who was reminded of what."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from lms.boards.models import RequirementReminder
from lms.certification.queries import titles_of
from lms.certification.requirement_types import Titles, requirement_type
from lms.clock import today
from lms.db import db
from lms.organizations.models import Membership, Organization
from lms.organizations.queries import in_force


def key_of(type_: str, parameters: Mapping[str, Any]) -> str:
    """What names a requirement: the same type and parameters give the same, in whatever order."""
    text = json.dumps([type_, dict(parameters)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def reminders_in(
    organization_id: int, network_ids: Collection[int]
) -> dict[tuple[int, str], list[RequirementReminder]]:
    """Network id and key of a requirement to who was reminded of it, the latest first; one statement."""
    query = (
        select(RequirementReminder)
        .where(RequirementReminder.organization_id == organization_id, RequirementReminder.network_id.in_(network_ids))
        .order_by(RequirementReminder.reminded_at.desc(), RequirementReminder.id)
    )
    found: dict[tuple[int, str], list[RequirementReminder]] = {}
    for each in db.session.scalars(query):
        found.setdefault((each.network_id, each.key), []).append(each)
    return found


@dataclass(frozen=True)
class Reminded:
    """What a notice of a reminder says."""

    organization: Organization
    type: str
    parameters: Mapping[str, Any]
    titles: Titles

    @property
    def text(self) -> str:
        """The requirement in words, in the reader's language."""
        return requirement_type(self.type).describe(self.parameters, self.titles)


def reminded_of(ids: Sequence[int]) -> Mapping[int, Reminded]:
    """Reminders by id with what they are about, without those of people who have left the organization since."""
    stays = exists().where(
        Membership.organization_id == RequirementReminder.organization_id,
        Membership.person_id == RequirementReminder.person_id,
        in_force(Membership, today()),
    )
    query = select(RequirementReminder).where(RequirementReminder.id.in_(ids), stays)
    found = list(db.session.scalars(query.options(joinedload(RequirementReminder.organization))))
    titles = titles_of((each.type, each.parameters) for each in found) if found else Titles()
    return {each.id: Reminded(each.organization, each.type, each.parameters, titles) for each in found}
