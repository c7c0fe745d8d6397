"""A table as PDF, for paper: A4 landscape, its head on every page, set as each of the three languages sets one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.documents.typesetting import typeset
from lms.formats import LANGUAGES
from lms.text import isolate


@dataclass(frozen=True)
class PrintedColumn:
    """A column: its head, its share of the width beside the others', and whether it holds figures."""

    head: str
    width: int
    figures: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """What is printed, every text and figure as it reads; a cell may have several lines.

    `under` are lines under the title: a first page that lies alone says of whom it is. `page_label` holds {number}
    and {whole}, which are written in `digits`, nought first. `key` explains what the heads only number: a title, a
    sentence, and pairs of number and meaning. `facts` are pairs that stand at the end.
    """

    language: str
    title: str
    under: Sequence[str]
    columns: Sequence[PrintedColumn]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str] | None
    facts: Sequence[tuple[str, str]]
    page_label: str
    digits: str
    key: tuple[str, str, Sequence[tuple[str, str]]] | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a language that has no face."""
        if self.language not in LANGUAGES:
            raise ValueError(f"no face for language {self.language!r}")


def table_pdf(table: PrintedTable, made_at: datetime) -> bytes:
    """The PDF, tagged, with its fonts inside; made_at is an aware time and becomes the creation date."""
    return typeset("table.typ", _inputs(table), made_at)


def _inputs(table: PrintedTable) -> dict[str, Any]:
    title, sentence, pairs = table.key or ("", "", ())
    return {
        "language": table.language,
        "title": table.title,
        "under": [isolate(line) for line in table.under],
        "columns": [{"head": each.head, "width": each.width, "figures": each.figures} for each in table.columns],
        "rows": [_isolated(row) for row in table.rows],
        "totals": table.totals and _isolated(table.totals),
        "facts": [(label, isolate(value)) for label, value in table.facts],
        "page_label": table.page_label,
        "digits": list(table.digits),
        "key": table.key and {"title": title, "sentence": sentence, "pairs": pairs},
    }


def _isolated(row: Sequence[str]) -> list[list[str]]:
    """The lines of each cell, each kept from the direction of what is around it."""
    return [[isolate(line) for line in cell.split("\n")] for cell in row]
