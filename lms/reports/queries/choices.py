"""What there is to filter a network's report by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Text, bindparam, cast, literal, null, select, union_all

from lms.cohorts.models import Cohort
from lms.db import Texts, db, read
from lms.reports.models import ReportView
from lms.reports.queries.networks import COUNTRIES
from lms.reports.query import Chosen, CompletionQuery
from lms.text import sort_key
from lms.training.models import ModuleVersion


@dataclass(frozen=True)
class CohortChoice:
    """A cohort of the network."""

    id: int
    public_id: str
    names: Texts


@dataclass(frozen=True)
class ViewChoice:
    """A view that the reader saved."""

    name: str
    arguments: str


@dataclass(frozen=True)
class Choices:
    """Codes of the countries of the network's organizations, its cohorts (the newest first), the reader's views."""

    countries: Sequence[str]
    cohorts: Sequence[CohortChoice]
    views: Sequence[ViewChoice]


def chosen_of(query: CompletionQuery) -> Chosen:
    """What a query names by ids; no statement where it names nothing."""
    edition = db.session.get(ModuleVersion, query.edition_id) if query.edition_id is not None else None
    cohort = db.session.get(Cohort, query.cohort_id) if query.cohort_id is not None else None
    return Chosen(edition.number if edition else None, cohort.names if cohort else {})


def choices_of(network_id: int, day: date, person_id: int = 0) -> Choices:
    """What a network's report can be filtered by on a day, and the views that somebody saved of it (0: nobody).

    One statement: the page is opened often.
    """
    asked: Any = read(_CHOICES, network=network_id, day=day, person=person_id)
    rows = list(asked)
    cohorts = sorted((CohortChoice(row.id, row.code, row.names) for row in rows if row.kind == _COHORT), key=_newest)
    views = sorted((ViewChoice(row.code, row.arguments) for row in rows if row.kind == _VIEW), key=_name)
    return Choices([row.code for row in rows if row.kind == _COUNTRY], cohorts, views)


def _newest(cohort: CohortChoice) -> int:
    return -cohort.id


def _name(view: ViewChoice) -> str:
    return sort_key(view.name, "fa")


_COHORT, _COUNTRY, _VIEW = 1, 2, 3
_NETWORK = bindparam("network", type_=Integer())
_COUNTRY_CODES = COUNTRIES.subquery()
_CHOICES: Any = union_all(
    select(
        literal(_COHORT).label("kind"),
        Cohort.id.label("id"),
        cast(Cohort.public_id, Text).label("code"),
        Cohort.names.label("names"),
        cast(null(), Text).label("arguments"),
    ).where(Cohort.network_id == _NETWORK),
    select(literal(_COUNTRY), literal(0), cast(_COUNTRY_CODES.c.code, Text), null(), cast(null(), Text)),
    select(literal(_VIEW), ReportView.id, cast(ReportView.name, Text), null(), cast(ReportView.arguments, Text)).where(
        ReportView.network_id == _NETWORK, ReportView.person_id == bindparam("person", type_=Integer())
    ),
)
