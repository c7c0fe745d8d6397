"""What following a network's rules would bring its organizations on a day; nothing is written.

It goes the way of `services.cycles.follow`, level by level, for many organizations at once: what is awarded on the way
is supposed to be held by what comes after it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lms.certification.models import OPEN, LevelRule
from lms.certification.phases import HELD, phase_of
from lms.certification.queries.cases import case_of
from lms.certification.queries.cycles import LevelCycles, level_cycles, levels_held_by
from lms.certification.queries.schemes import Rules
from lms.certification.requirement_types import Finding, Kind, requirement_type
from lms.organizations.models import Network


@dataclass(frozen=True)
class Foreseen:
    """Ids of an organization's levels after its cycles were followed."""

    #: Awarded on the way, renewals included.
    awarded: frozenset[int]
    #: Held then, the days of grace included.
    held: frozenset[int]
    #: Under way, everything met, and for an admin to award.
    ready: frozenset[int]
    #: Held, while the facts would not be enough any more.
    at_risk: frozenset[int]
    #: Of a certificate that counts, while the scheme has no such level any more.
    ending: frozenset[int]


class Facts:
    """What is true of some organizations on a day: asked once, whatever rules are then looked at."""

    def __init__(self, organization_ids: Collection[int], network: Network, day: date) -> None:
        self.day = day
        self.cases = {id_: case_of(id_, network, day) for id_ in organization_ids}
        self.cycles = level_cycles(organization_ids, network.id, day)
        self.held = levels_held_by(organization_ids, network.id, day)
        self._findings: dict[str, dict[int, Finding]] = {}

    def findings(self, requirement: Mapping[str, Any], supposed: Mapping[int, frozenset[int]]) -> dict[int, Finding]:
        """Organization id to what is found of a requirement, some levels being supposed to be held."""
        kind, parameters = requirement_type(requirement["type"]), requirement["parameters"]
        named = kind.subjects(parameters, Kind.LEVEL)
        cases = [replace(case, supposed=supposed.get(id_, frozenset()) & named) for id_, case in self.cases.items()]
        key = json.dumps([requirement, sorted((c.organization_id, *sorted(c.supposed)) for c in cases if c.supposed)])
        if key not in self._findings:
            self._findings[key] = kind.evaluate_many(cases, parameters)
        return self._findings[key]


def forecast(facts: Facts, rules: Rules) -> dict[int, Foreseen]:
    """Organization id to what following these rules would leave it with."""
    way = _Way(facts, rules)
    for rule in rules.levels(facts.day):
        way.through(rule)
    return {id_: way.end_of(id_) for id_ in facts.cases}


class _Way:
    """The organizations' ways through the levels of one scheme, side by side."""

    def __init__(self, facts: Facts, rules: Rules) -> None:
        self._facts, self._rules = facts, rules
        self._current = {rule.level_id: rule for rule in rules.levels(facts.day)}
        self._awarded: dict[int, frozenset[int]] = dict.fromkeys(facts.cases, frozenset())
        #: Organization and level to the rule of the cycle under way.
        self._open: dict[tuple[int, int], LevelRule] = {}
        for id_ in facts.cases:
            for level_id, each in facts.cycles.get(id_, {}).items():
                if each.open is not None and each.open.state in OPEN:
                    self._open[id_, level_id] = rules.of(each.open, facts.day)
        self._walking = list(facts.cases)
        #: Rule id to what is found of its requirements, as long as nothing more is awarded.
        self._found: dict[int, list[dict[int, Finding]]] = {}

    def through(self, rule: LevelRule) -> None:
        """Let everybody who comes this far begin the level, and be awarded it where that needs nobody."""
        for id_ in self._walking:
            if self._cycles(id_, rule.level_id).may_begin(self._facts.day):
                self._open[id_, rule.level_id] = rule
        automatic = [id_ for id_ in self._walking if self._is_automatic(id_, rule.level_id)]
        met = self._met(automatic, rule.level_id)
        for id_ in met:
            del self._open[id_, rule.level_id]
            self._awarded[id_] |= {rule.level_id}
        if met:
            self._found.clear()
        self._walking = [id_ for id_ in self._walking if id_ in met or rule.level_id in self._facts.held[id_]]

    def _cycles(self, organization_id: int, level_id: int) -> LevelCycles:
        return self._facts.cycles.get(organization_id, {}).get(level_id) or LevelCycles()

    def _is_automatic(self, organization_id: int, level_id: int) -> bool:
        rule = self._open.get((organization_id, level_id))
        return rule is not None and rule.automatic

    def _met(self, organization_ids: Sequence[int], level_id: int) -> set[int]:
        """Whose cycle under way in a level has everything that its rule asks for, and its rule asks for something."""
        open_ = {id_: self._open[id_, level_id] for id_ in organization_ids}
        return {id_ for id_, rule in open_.items() if rule.requirements and self._fulfils(id_, rule)}

    def _fulfils(self, organization_id: int, rule: LevelRule) -> bool:
        if rule.id not in self._found:
            self._found[rule.id] = [self._facts.findings(each, self._awarded) for each in rule.requirements]
        return all(found[organization_id].met for found in self._found[rule.id])

    def end_of(self, id_: int) -> Foreseen:
        """Where an organization has come to; after everybody went through all levels."""
        awarded = self._awarded[id_]
        counting = {level: self._counting(id_, level) for level in self._facts.cycles.get(id_, {})}
        ending = {level for level, rule in counting.items() if rule and level not in self._current}
        ready = {
            level
            for level in self._current.keys() | ending
            if (id_, level) in self._open and not self._is_automatic(id_, level)
        }
        risks = {level for level, rule in counting.items() if rule and not self._fulfils(id_, rule)}
        return Foreseen(
            awarded,
            awarded | self._facts.held[id_],
            frozenset(level for level in ready if self._met([id_], level)),
            frozenset(risks - awarded),
            frozenset(ending),
        )

    def _counting(self, organization_id: int, level_id: int) -> LevelRule | None:
        """The rule of the certificate that counts, where it is in force or can still be continued."""
        cycle = self._cycles(organization_id, level_id).counting
        if cycle is None or phase_of(cycle, self._facts.day) not in HELD:
            return None
        return self._rules.of(cycle, self._facts.day)
