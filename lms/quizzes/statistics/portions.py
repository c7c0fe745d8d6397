"""Attempts counted in portions, each in a transaction of its own: by the job, and while a page waits."""

from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.logs import log
from lms.quizzes.statistics.counting import count_next
from lms.quizzes.statistics.gathering import QuizOf


class CannotBeCounted(DomainError):
    """Something of a quiz's attempts fails, as a question type of a plugin does."""


def count_portion(quiz: QuizOf) -> bool:
    """Count a portion of a quiz; says whether there was one. Raises CannotBeCounted, after the log was told."""
    try:
        with write_unit():
            return count_next(now(), quiz)
    except Exception as error:
        # Not what it says: that may be of an answer.
        facts = {"module": quiz.module_id, "quiz": quiz.key, "error": type(error).__name__}
        log.error("quiz not counted", extra={"facts": facts})
        raise CannotBeCounted(_("The attempts could not be counted. Please tell whoever runs this server.")) from error
