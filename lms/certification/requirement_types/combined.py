"""What requirements that hold others have in common."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from lms.certification.requirement_types.base import (
    DEEPEST,
    MOST_RULES,
    Case,
    Finding,
    Kind,
    Parameter,
    Parameters,
    RequirementType,
    State,
    Titles,
)
from lms.certification.requirement_types.registry import requirement_type
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, pgettext, reader


class Combined(RequirementType):
    """So many of the requirements that it holds have to be met."""

    parameters: tuple[Parameter, ...] = (Parameter("of", lazy_gettext("Conditions"), Kind.RULES),)

    @abstractmethod
    def needed(self, parameters: Parameters) -> int:
        """How many of them."""

    def check(self, parameters: Parameters) -> None:
        """Those that it holds are checked as if they stood alone. Raises DomainError, also for what goes too deep."""
        parts = parameters.get("of")
        if not isinstance(parts, list | tuple) or not 2 <= len(parts) <= MOST_RULES:
            raise DomainError(_("Put two to ten conditions here."), "of")
        if depth_of(parameters) > DEEPEST:
            raise DomainError(_("Conditions within conditions go three deep at most."), "of")
        for part in parts:
            requirement_type(part["type"]).check(part["parameters"])

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        parts = self.parts(parameters)
        found = [requirement_type(each["type"]).evaluate_many(cases, each["parameters"]) for each in parts]
        need = self.needed(parameters)
        ids = [case.organization_id for case in cases]
        return {id_: _together([part[id_] for part in found], parts, need) for id_ in ids}

    def progress(self, finding: Finding) -> str:
        have, need = reader().number(finding.have), reader().number(finding.need)
        return pgettext("conditions", "%(have)s so far, %(need)s needed", have=have, need=need)

    def subjects(self, parameters: Parameters, kind: Kind) -> set[int]:
        """What those that it holds name."""
        parts = self.parts(parameters)
        return {id_ for each in parts for id_ in requirement_type(each["type"]).subjects(each["parameters"], kind)}

    def parts(self, parameters: Parameters) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = parameters["of"]
        return found

    def listed(self, parameters: Parameters, titles: Titles, between: str) -> str:
        """Its conditions in words, in one line; one that holds others itself stands in brackets."""
        return between.join(_said(each, titles) for each in self.parts(parameters))


def _said(part: Mapping[str, Any], titles: Titles) -> str:
    kind = requirement_type(part["type"])
    text = kind.describe(part["parameters"], titles)
    return f"({text})" if kind.parts(part["parameters"]) else text


def alternatives() -> str:
    """What stands between two conditions of which one is enough."""
    return pgettext("between alternatives", "; or ")


def together() -> str:
    """What stands between two conditions that are counted together."""
    return pgettext("between conditions", "; ")


def depth_of(parameters: Parameters) -> int:
    """How many requirements lie within one another, the outermost included; no more than is too deep."""
    deepest, layer = 0, [parameters]
    while layer and deepest <= DEEPEST:
        deepest += 1
        parts = [part for each in layer for part in each.get("of") or ()]
        layer = [part.get("parameters") or {} for part in parts if isinstance(part, dict)]
    return deepest


def _together(found: Sequence[Finding], parts: Sequence[Mapping[str, Any]], need: int) -> Finding:
    met = sum(each.met for each in found)
    facts = [
        {"type": part["type"], "have": each.have, "need": each.need, "met": each.met, **each.facts}
        for part, each in zip(parts, found, strict=True)
    ]
    missing = sorted({person for each in found if not each.met for person in each.missing})
    state = State.MET if met >= need else _furthest([each.state for each in found if not each.met])
    return Finding(state, met, need, {"of": facts}, tuple(missing), tuple(found))


def _furthest(states: Sequence[State]) -> State:
    """What was returned needs hands most; else it is in review as soon as a part is."""
    return next((state for state in (State.RETURNED, State.IN_REVIEW) if state in states), State.MISSING)
