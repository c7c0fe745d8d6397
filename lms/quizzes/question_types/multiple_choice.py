"""Multiple choice: any number of several options, with partial credit where the question says so."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import lazy_gettext
from lms.quizzes.question_types.base import AuthorField, Content, Given
from lms.quizzes.question_types.choices import ChoiceType


class MultipleChoice(ChoiceType):
    """Several options may be right. With `partial`, each right choice gives a share and each wrong one takes it."""

    key = "multiple_choice"
    label = lazy_gettext("Multiple choice")
    several = True

    def share(self, chosen: set[str], correct: set[str], scoring: Mapping[str, Any]) -> float:
        """A share a right choice less one a wrong choice, never below nothing; without `partial` all or nothing."""
        if not scoring.get("partial"):
            return super().share(chosen, correct, scoring)
        return max(0, len(chosen & correct) - len(chosen - correct)) / len(correct)

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
