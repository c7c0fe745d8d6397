"""Makers of cohorts for tests."""

from datetime import date
from typing import Any

from lms.accounts.models import Person
from lms.cohorts.models import Cohort, CohortMember, CohortModule
from lms.organizations.models import Network
from lms.training.models import Module
from tests.factories import add


def make_cohort(
    network: Network | None = None, *people: Person, modules: tuple[Module, ...] = (), **days: Any
) -> Cohort:
    """A cohort with these people, learning these modules."""
    cohort: Cohort = add(
        Cohort(
            names={"fa": "گروه پاییز", "ar": "فوج الخريف", "en": "Autumn group"},
            network_id=network.id if network else None,
            starts_on=date(2026, 1, 1),
        )
    )
    for person in people:
        add(CohortMember(cohort_id=cohort.id, person_id=person.id))
    for position, module in enumerate(modules):
        add(CohortModule(cohort_id=cohort.id, module_id=module.id, position=position, **days))
    return cohort
