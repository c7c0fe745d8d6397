"""Telling learners."""

from lms.accounts.addresses import way_out, whole_address
from lms.accounts.models import Person
from lms.db import db, text_of
from lms.i18n import lazy_gettext as _
from lms.messages.choices import refusing
from lms.messages.kinds import Audience, MessageKind, register_message_kind
from lms.messages.mails import send_graded
from lms.quizzes.models import Attempt

GRADED = MessageKind("graded", _("Your answers are graded"), Audience.LEARNERS, can_wait=False)
register_message_kind(GRADED)


def tell_learner(attempt: Attempt) -> bool:
    """Ask, in the present write unit, for a mail that her attempt is graded, at an address that she confirmed.

    Not where she wants no such mail.

    It names the quiz and holds a link; the result stands behind her sign-in.
    """
    person = db.session.get_one(Person, attempt.person_id)
    if not person.email or not person.email_key or refusing(GRADED.key, [person.id]):
        return False
    link = whole_address("quizzes.result", lang=person.language, attempt_id=attempt.public_id)
    title = text_of(attempt.quiz.titles, person.language)
    out = way_out(person.public_id, person.language, GRADED.key)
    return send_graded(person.email, person.language, title=title, link=link, unsubscribe=out, name=person.display_name)
