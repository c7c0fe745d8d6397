"""The rows that a program sends, as JSON or as CSV, made into the sheet that a page would have taken."""

import csv
import json
import math
import re
from dataclasses import dataclass
from io import StringIO
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from lms.api.problems import Refused
from lms.documents.tables import Table, TableError, read_table
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.imports.bulk.columns import FIELDS, is_reason, recognised
from lms.imports.bulk.wording import FIELDS as LABELS
from lms.imports.wording import explain

JSON, CSV = "application/json", "text/csv"
MOST_ROWS = 5_000
MAX_BYTES = 8 * 1024 * 1024
MOST_SAID = 20
"""So many places of a body are named at once."""
_SPLIT = "sep=,\r\n"
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")

BODY = {
    "required": True,
    "content": {
        JSON: {
            "schema": {
                "type": "object",
                "required": ["rows"],
                "additionalProperties": False,
                "properties": {
                    "rows": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                name: {"type": ["string", "number", "null"], "description": LABELS[name]}
                                for name in FIELDS
                            },
                        },
                    }
                },
            }
        },
        CSV: {"schema": {"type": "string"}},
    },
}
"""The body, as the document has it."""


@dataclass(frozen=True)
class Sheet:
    """What was sent: the bytes to be kept, the table in them, and what its columns hold."""

    data: bytes
    table: Table
    columns: list[str]


def sheet_sent() -> Sheet:
    """The rows in the body of the present request.

    Raises UnsupportedMediaType, BadRequest (no JSON), RequestEntityTooLarge, Refused (what of it cannot be used).
    """
    if request.mimetype not in (JSON, CSV):
        raise UnsupportedMediaType
    body = request.get_data()
    data = _written(_rows_of(body)) if request.mimetype == JSON else body
    try:
        table = read_table(data, "", max_rows=MOST_ROWS)
    except TableError as error:
        raise Refused([_explained(error)], "json") from error
    return Sheet(data, table, _columns(table.headers))


def _explained(error: TableError) -> str:
    if error.code == "too_many_rows":
        return _("A request takes at most %(most)s rows. Split them into several.", most=reader().number(MOST_ROWS))
    return explain(error)


def _columns(headers: tuple[str, ...]) -> list[str]:
    by_name = set(headers) <= set(FIELDS) and len(set(headers)) == len(headers)
    found = list(headers) if by_name else recognised(headers)
    wrong = [header for header, field in zip(headers, found, strict=True) if not field and not is_reason(header)]
    if wrong:
        told = [_("This column is not known, or stands twice: %(name)s", name=name[:80]) for name in wrong[:MOST_SAID]]
        raise Refused(told, "json")
    return found


def _rows_of(body: bytes) -> list[dict[str, str]]:
    try:
        sent = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    rows = sent.get("rows") if isinstance(sent, dict) and set(sent) == {"rows"} else None
    if not isinstance(rows, list):
        raise Refused([_("Send an object with “rows”, and nothing else in it.")], "json")
    if len(rows) > MOST_ROWS:
        raise Refused({"rows": [_explained(TableError("too_many_rows"))]}, "json")
    wrong = {str(number): said for number, row in enumerate(rows) if (said := _wrong_in(row))}
    if wrong:
        raise Refused({"rows": dict(list(wrong.items())[:MOST_SAID])}, "json")
    return [{name: _text(value) for name, value in row.items()} for row in rows]


def _refuse(word: str) -> None:
    raise ValueError(word)


def _wrong_in(row: Any) -> Any:
    """What of a row cannot be used, by field."""
    if not isinstance(row, dict):
        return [_("A row is an object with a text for each field.")]
    return {
        name[:80]: [_("There is no such field.") if name not in FIELDS else _("Write a text or a number.")]
        for name, value in row.items()
        if name not in FIELDS or not _is_text(value)
    }


def _is_text(value: Any) -> bool:
    if isinstance(value, str):
        return _UNPRINTED.search(value) is None
    finite = isinstance(value, float) and math.isfinite(value)
    # Beyond that Python writes no number any more.
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15
    return value is None or finite or whole


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else repr(value)


def _written(rows: list[dict[str, str]]) -> bytes:
    """The rows as a sheet, with the names of the fields as headers: from there on there is one way."""
    used = [name for name in FIELDS if any(name in row for row in rows)]
    target = StringIO(newline="")
    target.write(_SPLIT)
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerow(used)
    writer.writerows([row.get(name, "") for name in used] for row in rows)
    return target.getvalue().encode()
