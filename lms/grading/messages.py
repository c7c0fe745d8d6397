"""Telling learners."""

from lms.accounts.addresses import whole_address
from lms.accounts.models import Person
from lms.db import db, text_of
from lms.messages.mails import send_graded
from lms.quizzes.models import Attempt


def tell_learner(attempt: Attempt) -> bool:
    """Ask, in the present write unit, for a mail that her attempt is graded, at an address that she confirmed.

    It names the quiz and holds a link; the result stands behind her sign-in.
    """
    person = db.session.get_one(Person, attempt.person_id)
    if not person.email or not person.email_key:
        return False
    link = whole_address("quizzes.result", lang=person.language, attempt_id=attempt.public_id)
    title = text_of(attempt.quiz.titles, person.language)
    return send_graded(person.email, person.language, title=title, link=link, name=person.display_name)
