"""What there is to filter a network's report by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Text, cast, literal, null, select, union_all

from lms.cohorts.models import Cohort
from lms.db import Texts, db
from lms.organizations.models import NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.reports.query import Chosen, CompletionQuery
from lms.training.models import ModuleVersion


@dataclass(frozen=True)
class CohortChoice:
    """A cohort of the network."""

    id: int
    public_id: str
    names: Texts


@dataclass(frozen=True)
class Choices:
    """Codes of the countries of the network's organizations, and its cohorts, the newest first."""

    countries: Sequence[str]
    cohorts: Sequence[CohortChoice]


def chosen_of(query: CompletionQuery) -> Chosen:
    """What a query names by ids; no statement where it names nothing."""
    edition = db.session.get(ModuleVersion, query.edition_id) if query.edition_id is not None else None
    cohort = db.session.get(Cohort, query.cohort_id) if query.cohort_id is not None else None
    return Chosen(edition.number if edition else None, cohort.names if cohort else {})


def choices_of(network_id: int, day: date) -> Choices:
    """What a network's report can be filtered by on a day. One statement: the page is opened often."""
    cohorts = select(Cohort.id, Cohort.public_id.label("code"), Cohort.names).where(Cohort.network_id == network_id)
    countries = (
        select(literal(0).label("id"), cast(Organization.country, Text).label("code"), null().label("names"))
        .join(NetworkMembership, NetworkMembership.organization_id == Organization.id)
        .where(NetworkMembership.network_id == network_id, in_force(NetworkMembership, day))
        .where(Organization.country.is_not(None))
        .group_by(Organization.country)
    )
    rows: Sequence[Any] = db.session.execute(union_all(cohorts, countries)).all()
    found = sorted((CohortChoice(*row) for row in rows if row.id), key=lambda cohort: -cohort.id)
    return Choices([row.code for row in rows if not row.id], found)
