"""The rows that were not taken, as the sheet that they came from, with a column of reasons."""

from collections.abc import Iterator
from io import BytesIO

from lms.documents.sheets import Column, write_csv, write_xlsx
from lms.i18n import gettext as _
from lms.i18n import language
from lms.imports.bulk.columns import is_reason
from lms.imports.bulk.fates import Fate
from lms.imports.bulk.preview import headers_of, rows_with
from lms.imports.bulk.wording import reason_of
from lms.imports.models import Import


def as_csv(record: Import) -> bytes:
    """A CSV file."""
    return "".join(write_csv(_columns(record), _rows(record))).encode()


def as_xlsx(record: Import) -> bytes:
    """A workbook."""
    target = BytesIO()
    write_xlsx(target, _columns(record), _rows(record), language=language(), sheet_name=_("Rows not taken"))
    return target.getvalue()


def _kept(record: Import) -> list[int]:
    """The sheet's own columns: an earlier column of reasons is replaced."""
    return [index for index, header in enumerate(headers_of(record)) if not is_reason(header)]


def _columns(record: Import) -> list[Column]:
    headers = headers_of(record)
    own = [Column(str(index), headers[index]) for index in _kept(record)]
    return [*own, Column("reason", _("Reason"), width=60)]


def _rows(record: Import) -> Iterator[list[str]]:
    kept, headers = _kept(record), dict(zip(record.columns, headers_of(record), strict=False))
    for fate in (Fate.WRONG, Fate.DOUBTFUL):
        for row in rows_with(record, fate):
            yield [*(row.cells[index] for index in kept), reason_of(fate, list(row.said), headers)]
