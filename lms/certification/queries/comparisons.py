"""What a change of a scheme would do: organizations before and after it, as things stand now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lms.batches import batched
from lms.certification.queries.forecasts import Facts, Foreseen, forecast
from lms.certification.queries.schemes import Rules
from lms.certification.queries.seats import seats_in
from lms.organizations.models import Network, Organization
from lms.organizations.queries import organizations_by_ids

AT_ONCE = 200
"""Organizations that are compared together: a fixed number of statements each time."""


@dataclass(frozen=True)
class Outcome:
    """What would be different for one organization: ids of levels."""

    organization: Organization
    #: Awarded at once.
    awarded: frozenset[int]
    #: For an admin to award.
    ready: frozenset[int]
    #: Would be awarded, or be for an admin to award, without the change.
    lost: frozenset[int]
    #: Held, but not to be renewed: the scheme will have no such level.
    ending: frozenset[int]
    at_risk: frozenset[int]
    #: At risk without the change.
    cured: frozenset[int]


@dataclass(frozen=True)
class Comparison:
    """What a change would do to a network's organizations on a day."""

    day: date
    #: How many organizations were looked at.
    total: int
    #: Of those for whom something would be different.
    outcomes: tuple[Outcome, ...]


def compared(network: Network, rules: Rules, changed: Rules, day: date) -> Comparison:
    """What would be different on a day under changed rules; reads only, a fixed number of statements a batch."""
    ids = seats_in(network.id, day)
    outcomes = [outcome for some in batched(ids, AT_ONCE) for outcome in _batch(some, network, rules, changed, day)]
    return Comparison(day, len(ids), tuple(outcomes))


def _batch(ids: list[int], network: Network, rules: Rules, changed: Rules, day: date) -> Iterator[Outcome]:
    facts = Facts(ids, network, day)
    before, after = forecast(facts, rules), forecast(facts, changed)
    differing = [id_ for id_ in ids if before[id_] != after[id_]]
    for organization in organizations_by_ids(differing):
        yield _outcome(organization, before[organization.id], after[organization.id])


def _outcome(organization: Organization, before: Foreseen, after: Foreseen) -> Outcome:
    return Outcome(
        organization,
        awarded=after.awarded - before.awarded,
        ready=after.ready - before.ready,
        lost=(before.awarded | before.ready) - (after.awarded | after.ready),
        ending=after.ending - before.ending,
        at_risk=after.at_risk - before.at_risk,
        cured=before.at_risk - after.at_risk,
    )
