"""Multiple choice: any number of several options, with partial credit where the question says so."""

from collections.abc import Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import lazy_gettext
from lms.quizzes.question_types.base import Answer, AuthorField, Content, Given, Grade
from lms.quizzes.question_types.choices import ChoiceType


class MultipleChoice(ChoiceType):
    """Several options may be right. With `partial`, each right choice gives a share and each wrong one takes it."""

    key = "multiple_choice"
    label = lazy_gettext("Multiple choice")
    several = True

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """A share a right choice less one a wrong choice, never below nothing; without `partial` all or nothing."""
        chosen = answer["options"]
        if not content.scoring.get("partial"):
            return super().grade(content, answer, language)
        correct = set(content.scoring["correct"])
        right = len(correct & set(chosen))
        wrong = len(set(chosen) - correct)
        return Grade(max(0, right - wrong) / len(correct), tuple(chosen))

    def key_fields(self, content: Content, options: Sequence[str]) -> list[AuthorField]:
        """Which options are right, and whether some of them are worth something."""
        partial = ("yes",) if content.scoring.get("partial") else ()
        return [
            *super().key_fields(content, options),
            AuthorField("partial", _("Give a share of the mark for a partly right answer"), "check", partial),
        ]

    def key_from(self, given: Given, options: list[str]) -> dict[str, Any]:
        """The key and whether it is shared out."""
        return {**super().key_from(given, options), "partial": bool(given.get("partial"))}
