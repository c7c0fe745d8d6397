"""How long files are kept: the runs themselves are for ever."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from lms.batches import batched
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs import periodic
from lms.reports.schedules.models import ReportRun
from lms.reports.schedules.queries import stale_runs

AT_ONCE = 500


@periodic("forget_report_files", every=timedelta(days=1))
def forget_report_files(_arguments: dict[str, Any]) -> None:
    """Need the files of old runs no more: the sweep of stored files deletes them then."""
    ids = stale_runs(now())
    db.session.rollback()
    if ids:
        with write_unit() as session:
            for some in batched(ids, AT_ONCE):
                session.execute(update(ReportRun).where(ReportRun.id.in_(some)).values(is_kept=False))
