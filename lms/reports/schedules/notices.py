"""Who made a schedule is told, in the product, what could not be made."""

from lms.accounts.notices import NoticeKind, register_notice_kind
from lms.addresses import url_for
from lms.i18n import lazy_gettext as _
from lms.reports.schedules.making import NOTICE
from lms.reports.schedules.models import ReportRun
from lms.reports.schedules.queries import runs_by_id


def _address(run: ReportRun) -> str:
    return url_for("reports.schedules", network_id=run.schedule.network.public_id)


def register_notices() -> None:
    """Add the kind."""
    label, action, template = _("A regular report failed"), _("See the regular reports"), "reports/notice_run.html"
    register_notice_kind(NoticeKind(NOTICE, label, action, template, load=runs_by_id, address=_address))
