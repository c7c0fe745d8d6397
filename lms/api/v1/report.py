"""The completion report as its page has it: the same filters under the same names, the same query, the same numbers."""

from typing import Any

from flask import request

from lms.api.problems import Refused
from lms.api.queries.members import Place
from lms.api.scopes import TokenScope
from lms.api.v1 import schemas
from lms.api.v1.blueprint import endpoint
from lms.api.v1.fields import HIDDEN
from lms.certification.queries import local_day
from lms.clock import now
from lms.day_field import DayField
from lms.db import read_snapshot
from lms.i18n import gettext, language
from lms.i18n import lazy_gettext as _
from lms.organizations.models import Network
from lms.reports import targets
from lms.reports.forms import FilterForm
from lms.reports.queries.choices import choices_of
from lms.reports.queries.completion import Cell, CompletionReport, Row, report
from lms.reports.queries.modules import ReportModule, editions_of, modules_of
from lms.security import Permission

SORT = "sort"


def _filters() -> dict[str, Any]:
    """The fields of the page's filters, whatever they are: name to field, not bound."""
    found = {name: getattr(FilterForm, name) for name in dir(FilterForm) if not name.startswith("_")}
    fields = {name: field for name, field in found.items() if hasattr(field, "_formfield")}
    return dict(sorted(fields.items(), key=lambda pair: pair[1].creation_counter))


def _described() -> tuple[dict[str, Any], ...]:
    """The filters as the document has them."""
    asked = [
        {
            "in": "query",
            "name": name,
            "description": field.args[0],
            "schema": {"type": "string", **({"format": "date"} if issubclass(field.field_class, DayField) else {})},
        }
        for name, field in _filters().items()
    ]
    told = _("name, or the id of a module; a minus in front turns the order round.")
    return (*asked, {"in": "query", "name": SORT, "description": told, "schema": {"type": "string"}})


@endpoint(
    "/networks/<network_id>/reports/completion",
    summary=_("The completion report: organizations by modules"),
    description=_("The numbers of the page of the same name, with its filters. All rows at once."),
    permission=Permission.SEE_REPORTS,
    target=targets.network,
    scope=TokenScope.REPORTS,
    parameters=_described(),
    answer=schemas.Report,
)
def completion_report(network: Network) -> Any:
    """Organizations by modules."""
    read_snapshot()
    modules = modules_of(network.id)
    choices = choices_of(network.id, local_day(network, now()))
    form = FilterForm(request.args, modules, choices.countries, choices.cohorts, editions=editions_of)
    _check(form)
    found = report(form.query(network.id), network, modules, language=language(), now=now(), page=None)
    return _laid_out(found, form.arguments())


def _check(form: FilterForm) -> None:
    """Raises Refused for what the page would not take, and for names that are no filter's: it would pass them over."""
    known = {*_filters(), SORT}
    wrong: dict[str, Any] = {
        name: [gettext("There is no such parameter.")] for name in request.args if name not in known
    }
    if not form.validate():
        wrong |= {name: list(errors) for name, errors in form.errors.items()}
    if wrong:
        raise Refused(wrong)


def _laid_out(found: CompletionReport, filters: dict[str, str]) -> dict[str, Any]:
    return {
        "filters": filters,
        "is_cut": found.is_cut,
        "not_listed": found.unknown,
        "modules": found.modules,
        "rows": [_row(row, found.modules) for row in found.page.items],
        "people": found.people,
        "total_people": found.total_people,
        "certified": found.certified,
        "totals": _cells(found.totals, found.modules),
    }


def _row(row: Row, modules: tuple[ReportModule, ...]) -> dict[str, Any]:
    return {
        "organization": Place(row.public_id, row.names),
        "city": row.city,
        "country": row.country,
        "sector": row.sector,
        "since": row.since,
        "certificate": row.certificate,
        "people": row.people,
        "cells": _cells(row.cells, modules),
    }


def _cells(cells: tuple[Cell, ...], modules: tuple[ReportModule, ...]) -> list[dict[str, Any]]:
    return [
        {
            "module": module.public_id,
            "completed": HIDDEN if cell.completed is None else cell.completed,
            "share": HIDDEN if cell.completed is None else cell.share,
        }
        for module, cell in zip(modules, cells, strict=True)
    ]
