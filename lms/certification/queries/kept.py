"""Where organizations stand, from what is kept of it: cheap enough for a page that everybody opens."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from lms.certification.models import KeptStanding
from lms.certification.queries.standing import LevelStanding, Standing
from lms.certification.requirement_types import Titles, requirement_type
from lms.db import Texts, read
from lms.organizations.models import Organization


@dataclass(frozen=True)
class OpenRequirement:
    """A requirement that is not met, and whom it waits for."""

    type: str
    parameters: dict[str, Any]
    missing: frozenset[int]
    titles: Titles

    @property
    def text(self) -> str:
        """The requirement in words, in the reader's language."""
        return requirement_type(self.type).describe(self.parameters, self.titles)


@dataclass(frozen=True)
class Kept:
    """The level that an organization works on in a network, and how many of its requirements are met."""

    names: Texts
    public_id: str
    level: dict[str, Any]
    met: int
    total: int
    open: tuple[OpenRequirement, ...]

    def asked_of(self, person_id: int) -> OpenRequirement | None:
        """The first requirement that waits for this person."""
        return next((each for each in self.open if person_id in each.missing), None)


_KEPT = (
    select(
        Organization.names,
        Organization.public_id,
        KeptStanding.level,
        KeptStanding.met,
        KeptStanding.total,
        KeptStanding.open,
    )
    .join(Organization, Organization.id == KeptStanding.organization_id)
    .where(KeptStanding.organization_id.in_(bindparam("organizations", expanding=True)))
    .order_by(KeptStanding.organization_id, KeptStanding.id)
)


def kept_standings(organization_ids: Collection[int]) -> list[Kept]:
    """What is kept of these organizations, one for each of their networks."""
    rows = read(_KEPT, organizations=list(organization_ids)) if organization_ids else ()
    return [
        Kept(row.names, row.public_id, row.level, row.met, row.total, tuple(_open(each) for each in row.open))
        for row in rows
    ]


def _open(kept: dict[str, Any]) -> OpenRequirement:
    titles = {kind: {int(key): texts for key, texts in found.items()} for kind, found in kept.get("titles", {}).items()}
    return OpenRequirement(kept["type"], kept["parameters"], frozenset(kept["missing"]), Titles(**titles))


def kept_form(found: Standing) -> dict[str, Any] | None:
    """What is kept of a standing; None where the network asks nothing."""
    current = found.current
    if current is None:
        return None
    return {
        "day": found.day,
        "level": {"position": current.rule.position, "names": current.rule.names},
        "met": current.met,
        "total": len(current.requirements),
        "open": _open_forms(current),
        "at_risk": [each.rule.level_id for each in found.levels if each.in_doubt],
    }


def _open_forms(level: LevelStanding) -> list[dict[str, Any]]:
    return [
        {
            "type": each.type,
            "parameters": each.parameters,
            "missing": sorted(each.finding.missing),
            "titles": {
                kind: {str(key): dict(texts) for key, texts in titles.items()}
                for kind, titles in vars(each.titles).items()
            },
        }
        for each in level.requirements
        if not each.finding.met
    ]
