"""What people are told in the product from a board."""

from lms.accounts.notices import NoticeKind, register_notice_kind
from lms.addresses import url_for
from lms.boards.queries.reminders import Reminded, reminded_of
from lms.boards.services.reminders import REMINDER
from lms.i18n import lazy_gettext as _


def _board(about: Reminded) -> str:
    return url_for("boards.organization", public_id=about.organization.public_id)


def register_notices() -> None:
    """Add the kind."""
    label, action = _("Your organization's certificate waits for you"), _("See the requirements")
    register_notice_kind(
        NoticeKind(REMINDER, label, action, "boards/notice_reminder.html", load=reminded_of, address=_board)
    )
