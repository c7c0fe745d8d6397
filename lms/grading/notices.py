"""What learners are told in the product of how their attempts were marked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.accounts.notices import NoticeKind, register_notice_kind
from lms.accounts.services import notify
from lms.addresses import url_for
from lms.db import db
from lms.i18n import lazy_gettext as _
from lms.quizzes.models import Attempt

GRADED, MARKED_ANEW = "attempt_graded", "attempt_marked_anew"


def tell_in_product(attempt: Attempt, *, again: bool, now: datetime) -> None:
    """Tell her that people have graded it, or that it is worth something else since."""
    notify(attempt.person_id, MARKED_ANEW if again else GRADED, attempt.id, now)


def _attempts(ids: Sequence[int]) -> Mapping[int, Attempt]:
    found = db.session.scalars(select(Attempt).where(Attempt.id.in_(ids)).options(joinedload(Attempt.quiz)))
    return {attempt.id: attempt for attempt in found}


def _result(attempt: Attempt) -> str:
    return url_for("quizzes.result", attempt_id=attempt.public_id)


def register_notices() -> None:
    """Add both kinds."""
    for name, label, action, template in (
        (GRADED, _("Your answers were graded"), _("See what was said"), "grading/notice_graded.html"),
        (MARKED_ANEW, _("Your answers were marked anew"), _("See the result"), "grading/notice_anew.html"),
    ):
        register_notice_kind(NoticeKind(name, label, action, template, load=_attempts, address=_result))
