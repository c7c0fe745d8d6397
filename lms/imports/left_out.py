"""The rows of a list that get no link by themselves, as the sheet that they came from, with a column of reasons."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from lms.documents.sheets import Column, write_csv, write_xlsx
from lms.i18n import gettext as _
from lms.i18n import language
from lms.imports.bulk.columns import is_reason
from lms.imports.field_names import FIELD_NAMES
from lms.imports.listed import Listed
from lms.imports.plan import Planned, State
from lms.imports.titles import titles_of
from lms.imports.wording import STATES

WIDTH = 60


def as_csv(listed: Listed, planned: Sequence[Planned]) -> bytes:
    """A CSV file."""
    return "".join(write_csv(_columns(listed), _rows(listed, planned))).encode()


def as_xlsx(listed: Listed, planned: Sequence[Planned]) -> bytes:
    """A workbook."""
    target = BytesIO()
    rows = _rows(listed, planned)
    write_xlsx(target, _columns(listed), rows, language=language(), sheet_name=_("Rows not taken"))
    return target.getvalue()


def _headers(listed: Listed) -> list[str]:
    """What stands above each column: its header, else what it holds, else its number."""
    if listed.headed:
        return titles_of(listed)
    named = zip(titles_of(listed), listed.columns, strict=True)
    return [str(FIELD_NAMES[field]) if field else title for title, field in named]


def _kept(listed: Listed) -> list[int]:
    """Places of the list's own columns: an earlier column of reasons is replaced."""
    return [index for index, title in enumerate(_headers(listed)) if not is_reason(title)]


def _columns(listed: Listed) -> list[Column]:
    titles = _headers(listed)
    return [*(Column(str(index), titles[index]) for index in _kept(listed)), Column("reason", _("Reason"), width=WIDTH)]


def _rows(listed: Listed, planned: Sequence[Planned]) -> Iterator[list[str]]:
    kept = _kept(listed)
    for each, (_entry, cells) in zip(planned, listed.people(), strict=True):
        if each.state is not State.NEW:
            yield [*(cells[index] for index in kept), str(STATES[each.state])]
