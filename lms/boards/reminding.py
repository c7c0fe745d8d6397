"""Reminding a cohort's people of what they have left, by mail."""

from collections.abc import Sequence
from datetime import datetime

from lms.accounts.addresses import way_out, whole_address
from lms.cohorts.models import Cohort
from lms.cohorts.queries import Learner
from lms.cohorts.services import note_reminder
from lms.db import text_of
from lms.i18n import lazy_gettext as _
from lms.messages.choices import refusing
from lms.messages.kinds import Audience, MessageKind, register_message_kind
from lms.messages.mails import send_reminder

REMINDER = MessageKind(
    "reminder",
    _("A group reminds you of what is left to learn"),
    Audience.LEARNERS,
    can_wait=False,
    in_product=False,
)
register_message_kind(REMINDER)


def remind(cohort: Cohort, learners: Sequence[Learner], now: datetime) -> int:
    """Ask for a mail to each who has a confirmed address, in her language, unless she wants no such mail;
    gives how many.

    Raises NotAllowed where the cohort was reminded not long ago.
    """
    note_reminder(cohort, now)
    sent, refused = 0, refusing(REMINDER.key, [learner.person_id for learner in learners])
    for learner in learners:
        if learner.mail is None or learner.person_id in refused:
            continue
        link = whole_address("learning.home", lang=learner.language)
        out = way_out(learner.public_id, learner.language, REMINDER.key)
        name = text_of(cohort.names, learner.language)
        sent += send_reminder(learner.mail, learner.language, cohort=name, link=link, unsubscribe=out)
    return sent
