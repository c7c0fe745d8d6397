"""What is said of the columns of a list: what stands above each, what it holds, and which are left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lms.i18n import gettext as _
from lms.i18n import reader
from lms.imports.bulk.columns import is_reason
from lms.imports.listed import Listed

SAMPLE = 3
"""Cells that are shown beside what a column holds."""
LONGEST_SAMPLE = 40


def titles_of(listed: Listed) -> list[str]:
    """What stands above each column: its header, else its number."""
    width = len(listed.rows[0][1]) if listed.rows else 0
    headers = [*listed.headers, *[""] * (width - len(listed.headers))]
    return [header or _("Column %(number)s", number=reader().number(index)) for index, header in enumerate(headers, 1)]


def samples_of(listed: Listed) -> list[list[str]]:
    """The first cells of each column that hold anything."""
    columns = zip(*(cells for _line, cells in listed.body), strict=True)
    return [list(islice(filter(None, column), SAMPLE)) for column in columns]


@dataclass(frozen=True)
class LeftOut:
    """A column of which nothing is taken."""

    title: str
    #: What it is known to hold; nothing where that is not known.
    field: str
    samples: Sequence[str]


def left_out_of(listed: Listed) -> list[LeftOut]:
    """The columns of which nothing is taken, each with what it begins with; not our own column of reasons."""
    titles, samples = titles_of(listed), samples_of(listed)
    return [
        LeftOut(titles[index], listed.columns[index], [_short(sample) for sample in samples[index]])
        for index in listed.left_out
        if not is_reason(titles[index])
    ]


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= LONGEST_SAMPLE else line[:LONGEST_SAMPLE].rstrip() + "…"
