"""Reminding a cohort's people of what they have left, by mail."""

from collections.abc import Sequence
from datetime import datetime

from flask import url_for

from lms.cohorts.models import Cohort
from lms.cohorts.queries import Learner
from lms.cohorts.services import note_reminder
from lms.db import text_of
from lms.messages.mails import send_reminder
from lms.setup import current_settings


def remind(cohort: Cohort, learners: Sequence[Learner], now: datetime) -> int:
    """Ask for a mail to each who has a confirmed address, in her language; gives how many.

    Raises NotAllowed where the cohort was reminded not long ago.
    """
    note_reminder(cohort, now)
    sent = 0
    for learner in learners:
        if learner.mail is None:
            continue
        link = current_settings().base_url.rstrip("/") + url_for("learning.home", lang=learner.language)
        name = text_of(cohort.names, learner.language)
        sent += send_reminder(learner.mail, learner.language, cohort=name, link=link)
    return sent
