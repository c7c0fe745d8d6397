"""The feed of completions as one table, for Excel and Power BI: sent as it is read."""

from collections.abc import Iterator
from typing import Any

from flask import Response, stream_with_context
from marshmallow import fields, validate

from lms.api.bearers import bearer
from lms.api.queries.completions import Completion, all_completions
from lms.api.scopes import TokenScope
from lms.api.v1.blueprint import CSV, endpoint
from lms.api.v1.fields import Question
from lms.db import read_snapshot, text_of
from lms.documents.sheets import Cell, Column, write_csv
from lms.formats import LANGUAGES
from lms.i18n import language
from lms.i18n import lazy_gettext as _
from lms.organizations.models import Network
from lms.reports import targets
from lms.reports.queries.modules import modules_of
from lms.security import Permission

#: Titles are names for programs, the same in every language: a query in a workbook goes on when its reader changes.
COLUMNS = (
    *("organization_id", "organization", "person_id", "person", "person_number", "module_id", "module"),
    *("state", "edition", "language", "score", "completed_at"),
)


class TableQuestion(Question):
    """Which rows, and in which language names are."""

    organization = fields.String(load_default="", metadata={"description": _("Only of the organization with this id.")})
    lang = fields.String(
        load_default="",
        validate=validate.OneOf(("", *LANGUAGES), error=_("Write fa, ar or en.")),
        metadata={"description": _("Language of names and titles: fa, ar or en."), "enum": list(LANGUAGES)},
    )


@endpoint(
    "/networks/<network_id>/completions.csv",
    summary=_("The same as one table (CSV), for Excel and Power BI"),
    description=_("All rows at once. Titles of columns are the same in every language."),
    permission=Permission.SEE_REPORTS,
    target=targets.network,
    scope=TokenScope.COMPLETIONS,
    query=TableQuestion,
    answer={"type": "string"},
    gives=CSV,
)
def completions_table(network: Network, arguments: dict[str, Any]) -> Response:
    """A line a person and module."""
    read_snapshot()
    found = bearer()
    assert found is not None
    told = arguments["lang"] or language()
    rows = all_completions(network, modules_of(network.id), found.day, arguments["organization"])
    lines = write_csv([Column(key, key) for key in COLUMNS], (_line(row, told) for row in rows))
    response = Response(stream_with_context(_encoded(lines)), content_type=f"{CSV}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"completions-{network.public_id}.csv")
    return response


def _encoded(lines: Iterator[str]) -> Iterator[bytes]:
    return (line.encode() for line in lines)


def _line(row: Completion, told: str) -> list[Cell]:
    at = row.completed_at
    return [
        row.organization.id,
        text_of(row.organization.names, told),
        row.person.id,
        row.person.name,
        row.person.number,
        row.module.public_id,
        text_of(row.module.titles, told),
        row.state.value,
        row.edition,
        row.language,
        row.score,
        at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None,
    ]
