"""A sheet as PDF: one calendar, the reader's; columns of one group in one; numbered where they are many."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, islice

from lms.clock import now
from lms.documents.printed import PrintedColumn, PrintedTable, table_pdf
from lms.documents.sheets import Cell as Value
from lms.documents.sheets import Column, Group
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.i18n import language, pgettext, reader
from lms.reports.sheets import OTHER_CALENDAR, Hidden, Line, Sheet
from lms.text import isolate

#: The whole of a PDF is laid out in memory: so many cells take four seconds and 270 MB.
MOST_CELLS = 20_000
MOST_NAMED = 6
WIDEST, GROUP_WIDTH = 34, 10

#: The places of the columns that are printed as one.
Places = tuple[int, ...]


def pdf_of(sheet: Sheet) -> bytes:
    """The sheet, laid out for paper. Raises NotAllowed for more than MOST_CELLS: nothing is left out silently."""
    places = list(_places(sheet.columns))
    most = MOST_CELLS // len(places)
    _check(sheet.expected, most)
    # What is expected is reckoned; more may come.
    lines = list(islice(sheet.counted(), most + 1))
    _check(len(lines), most)
    return table_pdf(_printed(sheet, lines, places), now())


def _check(rows: int, most: int) -> None:
    if rows > most:
        raise NotAllowed(
            _(
                "As PDF this report may have %(most)s rows at most, and it has %(rows)s. "
                "Filter it, or take it as CSV or XLSX.",
                most=reader().number(most),
                rows=reader().number(rows),
            )
        )


def _printed(sheet: Sheet, lines: Sequence[Line], places: list[Places]) -> PrintedTable:
    groups = [group for each in places if (group := sheet.columns[each[0]].group)]
    numbers = {group: reader().number(number) for number, group in enumerate(groups, start=1)}
    numbered = len(groups) > MOST_NAMED
    return PrintedTable(
        language=language(),
        title=sheet.title,
        under=_under(sheet.about),
        columns=[_column(sheet, each, numbers if numbered else {}) for each in places],
        rows=[_row(sheet.columns, line, places) for line in lines],
        totals=_row(sheet.columns, sheet.totals, places) if sheet.totals is not None else None,
        facts=list(sheet.facts()),
        page_label=_("Page %(number)s of %(whole)s", number="{number}", whole="{whole}"),
        digits=reader().digits_of("0123456789"),
        key=(_("What the numbers of the columns mean"), _in_each(sheet.columns), _key(numbers)) if numbered else None,
    )


def _under(about: Sequence[tuple[str, str]]) -> list[str]:
    """Of whom it is and as of when, and by what it is filtered."""
    told = dict(about)
    whose = [told[label] for label in (_("Organization"), _("Network"), _("Networks"), _("As of")) if label in told]
    filters = told.get(_("Filters"), "")
    return [" · ".join(map(isolate, whose)), *([filters] if filters not in ("", _("No filter")) else [])]


def _places(columns: Sequence[Column]) -> Iterator[Places]:
    """Paper needs no second column for another calendar."""
    keys = {column.key for column in columns}
    kept = [n for n, each in enumerate(columns) if each.key.removesuffix(OTHER_CALENDAR) not in keys - {each.key}]
    # A column without a group is by itself.
    for _group, places in groupby(kept, lambda place: columns[place].group or place):
        yield tuple(places)


def _column(sheet: Sheet, places: Places, numbers: dict[Group, str]) -> PrintedColumn:
    first = sheet.columns[places[0]]
    if not first.group:
        return PrintedColumn(first.title, min(first.width, WIDEST), first.kind not in ("text", "date"))
    head = numbers.get(first.group)
    return PrintedColumn(head or f"{first.group.title}\n({_shorts(sheet.columns, places)})", GROUP_WIDTH, figures=True)


def _shorts(columns: Sequence[Column], places: Places) -> str:
    return reader().join([columns[place].short for place in places])


def _in_each(columns: Sequence[Column]) -> str:
    group = next(each for each in _places(columns) if columns[each[0]].group)
    return _("From above in each cell: %(what)s.", what=_shorts(columns, group))


def _key(numbers: dict[Group, str]) -> list[tuple[str, str]]:
    return [(number, group.title) for group, number in numbers.items()]


def _row(columns: Sequence[Column], line: Line, places: Sequence[Places]) -> list[str]:
    return ["\n".join(_cells(columns, line, each)) for each in places]


def _cells(columns: Sequence[Column], line: Line, places: Places) -> list[str]:
    """What stands in one printed cell; what is hidden is said once."""
    found = [(line[place], _cell(columns[place], line[place])) for place in places]
    return [found[0][1]] if all(value is Hidden.HIDDEN for value, _text in found) else [text for _value, text in found]


def _cell(column: Column, value: Value | Hidden) -> str:
    if value is None:
        return ""
    if isinstance(value, Hidden):
        return pgettext("number", "hidden")
    if isinstance(value, date):
        return reader().short_date(value)
    if isinstance(value, str):
        return value
    return reader().percent(value) if column.kind == "percent" else reader().number(value)
