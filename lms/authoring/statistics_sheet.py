"""The table of a quiz's questions as a file: the numbers of the page."""

from collections.abc import Iterator

from lms.authoring.labels import LANGUAGES
from lms.authoring.statistics import QuizPage, Row
from lms.authoring.statistics_words import attempts_in_words, flags_in_words
from lms.db import text_of
from lms.documents.sheets import Cell, Column
from lms.i18n import gettext as _
from lms.i18n import language, pgettext, reader
from lms.reports.sheets import Sheet

SHARE_PLACES, INDEX_PLACES = 4, 2


def questions_sheet(page: QuizPage) -> Sheet:
    """Lay the table out in the reader's language."""
    title = text_of(page.target.listed.titles, language())
    return Sheet(
        name=f"statistics-{page.target.listed.key}",
        title=_("Questions"),
        columns=list(_columns(page)),
        lines=[list(_line(page, row)) for row in page.rows],
        totals=None,
        expected=len(page.rows),
        about=[
            (_("Report"), _("Statistics")),
            (_("Module"), text_of(page.target.module.titles, language())),
            (_("Quiz"), title),
            (_("As of"), reader().datetime(page.kept.counted_at) if page.kept.counted_at else "–"),
            (_("Attempts"), attempts_in_words(page)),
        ],
    )


def _columns(page: QuizPage) -> Iterator[Column]:
    yield Column("number", _("Number"), "integer", 8)
    yield Column("question", _("Question"), width=60)
    yield Column("type", pgettext("of a question", "Type"), width=20)
    yield Column("asked", _("Answers"), "integer", 10)
    yield Column("facility", _("Facility"), "percent", 12)
    yield Column("deviation", _("Standard deviation"), "percent", 12)
    yield Column("discrimination", _("Discrimination"), "number", 14)
    yield Column("efficiency", _("Efficiency"), "percent", 12)
    yield Column("seconds", _("Seconds (median)"), "integer", 12)
    yield Column("timed", _("Answers with a time"), "integer", 12)
    for code in page.languages:
        yield Column(f"facility_{code}", _("Facility, %(language)s", language=LANGUAGES[code]), "percent", 14)
    yield Column("notes", _("Notes"), width=40)


def _line(page: QuizPage, row: Row) -> Iterator[Cell]:
    figures, spoken = row.figures, {each.language: each.facility for each in row.languages}
    yield row.number
    yield row.prompt.striptags()
    yield str(row.kind.label)
    yield figures.asked
    yield _rounded(figures.facility, SHARE_PLACES)
    yield _rounded(figures.deviation, SHARE_PLACES)
    yield _rounded(figures.discrimination, INDEX_PLACES)
    yield _rounded(figures.efficiency, SHARE_PLACES)
    yield round(figures.seconds) if figures.seconds is not None else None
    yield figures.timed
    for code in page.languages:
        yield _rounded(spoken.get(code), SHARE_PLACES)
    yield "; ".join(flags_in_words(row))


def _rounded(value: float | None, places: int) -> float | None:
    return round(value, places) if value is not None else None
