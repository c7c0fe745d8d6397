"""A network's rules, and the titles that put them in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.certification.models import Cycle, LevelRule, Revision
from lms.certification.queries.revisions import revisions_of
from lms.certification.requirement_types import Kind, Titles, requirement_type
from lms.db import Texts, db
from lms.training.models import Kit, Module

#: A requirement's type and parameters, as a rule or an award's copy holds them.
Rule = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Rules:
    """What a network's scheme says, and said, and will say."""

    scheme_id: int
    #: In their order, one at least; without those that were cancelled.
    revisions: tuple[Revision, ...]

    def on(self, day: date) -> Revision:
        """The revision in force on a day of the network's calendar; before the first, the first."""
        begun = [each for each in self.revisions if each.starts_on <= day]
        return begun[-1] if begun else self.revisions[0]

    def coming(self, day: date) -> tuple[Revision, ...]:
        """Those that have not begun yet."""
        return tuple(each for each in self.revisions if each.starts_on > day and each is not self.revisions[0])

    def levels(self, day: date) -> list[LevelRule]:
        """What is said of each level on a day, in the order of the levels."""
        return list(self.on(day).levels)

    def of(self, cycle: Cycle, day: date) -> LevelRule:
        """The rule that a cycle is under on a day: the one that it began under, or the newest since then that reaches
        cycles under way."""
        own = self._by_id()[cycle.rule_id]
        later = [
            rule
            for revision in self.revisions
            if revision.reaches_running and revision.starts_on <= day and revision.number > own.revision.number
            for rule in revision.levels
            if rule.level_id == cycle.level_id
        ]
        return later[-1] if later else own

    def newest(self, level_id: int) -> LevelRule | None:
        """What was last said of a level, whether it has begun or not, and whether there is such a level still."""
        found = [rule for revision in self.revisions for rule in revision.levels if rule.level_id == level_id]
        return found[-1] if found else None

    def _by_id(self) -> dict[int, LevelRule]:
        return {rule.id: rule for revision in self.revisions for rule in revision.levels}


def rules_of(network_id: int) -> Rules | None:
    """A network's scheme with all its revisions, in one statement; None where it has none yet."""
    revisions = tuple(each for each in revisions_of(network_id) if each.cancelled_at is None)
    return Rules(revisions[0].scheme_id, revisions) if revisions else None


def titles_of(rules: Iterable[Rule], known: Rules | None = None) -> Titles:
    """Titles of everything that the requirements name: three statements at most, whatever they are.

    Names of levels are taken from `known` where it is given.
    """
    types = [(requirement_type(key), parameters) for key, parameters in rules]

    def named(kind: Kind) -> set[int]:
        return {found for type_, parameters in types for found in type_.subjects(parameters, kind)}

    modules, kits, levels = named(Kind.MODULE), named(Kind.KIT), named(Kind.LEVEL)
    return Titles(
        dict(db.session.execute(select(Module.id, Module.titles).where(Module.id.in_(modules))).all()),
        dict(db.session.execute(select(Kit.id, Kit.titles).where(Kit.id.in_(kits))).all()),
        _level_names(levels, known),
    )


def _level_names(level_ids: set[int], known: Rules | None) -> dict[int, Texts]:
    if known is not None:
        found = {id_: known.newest(id_) for id_ in level_ids}
        return {id_: rule.names for id_, rule in found.items() if rule is not None}
    if not level_ids:
        return {}
    query = select(LevelRule.level_id, LevelRule.names).where(LevelRule.level_id.in_(level_ids)).order_by(LevelRule.id)
    return dict(db.session.execute(query).all())
