"""What a change of a scheme says and would do, as its page shows it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from lms.certification.defaults import SchemePlan
from lms.certification.queries import Comparison, Outcome, Rules, compared, local_day, rules_of
from lms.certification.scheme_differences import LevelDifference, differences, titles_for
from lms.certification.services import with_plan
from lms.certification.typed import TypedScheme
from lms.clock import now
from lms.db import text_of
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.organizations.models import Network, Organization
from lms.text import isolate, sort_key

#: What would happen to an organization, in the order of the page: title, and the levels of an outcome.
_Pick = Callable[[Outcome], Collection[int]]


@dataclass(frozen=True)
class Group:
    """Organizations to which the same thing would happen, each with its levels in words."""

    key: str
    title: str
    organizations: list[tuple[Organization, str]]


@dataclass(frozen=True)
class Preview:
    """The page."""

    day: date
    is_today: bool
    reaches_running: bool
    differences: list[LevelDifference]
    comparison: Comparison
    groups: list[Group]


def said_otherwise(network: Network, plan: SchemePlan, typed: TypedScheme) -> list[LevelDifference]:
    """What a plan says that the newest revision does not."""
    return _differences(_rules(network, plan, typed)[1])


def preview_of(network: Network, plan: SchemePlan, typed: TypedScheme) -> Preview:
    """What a plan changes and would do from the day on that was chosen, or from today where that has passed."""
    rules, changed = _rules(network, plan, typed)
    day = changed.revisions[-1].starts_on
    found = compared(network, rules, changed, day)
    names = {rule.level_id: text_of(rule.names, language()) for each in changed.revisions for rule in each.levels}
    return Preview(
        day,
        day == local_day(network, now()),
        typed.reaches_running,
        _differences(changed),
        found,
        [group for group in _groups(found.outcomes, names) if group.organizations],
    )


def _rules(network: Network, plan: SchemePlan, typed: TypedScheme) -> tuple[Rules, Rules]:
    """A network's rules as they are, and as they would be."""
    rules = rules_of(network.id)
    assert rules is not None
    today = local_day(network, now())
    day = max(today, date.fromisoformat(typed.starts_on) if typed.starts_on else today)
    return rules, with_plan(rules, plan, starts_on=day, reaches_running=typed.reaches_running)


def _differences(changed: Rules) -> list[LevelDifference]:
    newest, planned = changed.revisions[-2:]
    return differences(newest, planned, titles_for((newest, planned), changed))


def _groups(outcomes: Iterable[Outcome], names: dict[int, str]) -> list[Group]:
    picks: list[tuple[str, str, _Pick]] = [
        ("awarded", _("Would be awarded a level at once"), lambda each: each.awarded),
        ("ready", _("Would have everything; an admin could award"), lambda each: each.ready),
        ("cured", _("Would not be at risk any more"), lambda each: each.cured),
        ("lost", _("Would not have everything any more"), lambda each: each.lost),
        ("ending", _("Could not renew: the level is removed"), lambda each: each.ending),
        ("at_risk", _("Would come to be at risk"), lambda each: each.at_risk),
    ]
    return [Group(key, title, _listed(outcomes, pick, names)) for key, title, pick in picks]


def _listed(outcomes: Iterable[Outcome], pick: _Pick, names: dict[int, str]) -> list[tuple[Organization, str]]:
    found = [
        (each.organization, reader().join([isolate(names.get(level, "")) for level in sorted(pick(each))]))
        for each in outcomes
        if pick(each)
    ]
    return sorted(found, key=lambda pair: sort_key(text_of(pair[0].names, language()), language()))
