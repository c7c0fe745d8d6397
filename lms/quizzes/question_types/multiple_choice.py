"""Multiple choice: any number of several options, with partial credit where the question says so."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import lazy_gettext
from lms.quizzes.question_types.base import AuthorField, Content, Fault, Given
from lms.quizzes.question_types.choices import ChoiceType
from lms.quizzes.question_types.reading import author_number, author_share, is_share


class MultipleChoice(ChoiceType):
    """Several options may be right. With `partial`, each right choice gives a share and each wrong one takes one."""

    key = "multiple_choice"
    label = lazy_gettext("Multiple choice")
    help = lazy_gettext("Several of the options are right; the learner finds all of them.")
    several = True

    def key_faults(self, content: Content, options: list[str]) -> Iterator[Fault]:
        """A key that is none, a penalty that is no share."""
        yield from super().key_faults(content, options)
        if not is_share(content.scoring.get("penalty", 0)):
            yield Fault("scoring.penalty", _("Give the share of the mark as a number from 0 to 1."))

    def share(self, chosen: set[str], correct: set[str], scoring: Mapping[str, Any]) -> float:
        """A share a right choice less one a wrong choice, never below nothing; without `partial` all or nothing."""
        if not scoring.get("partial"):
            return super().share(chosen, correct, scoring)
        right, wrong = len(chosen & correct), len(chosen - correct)
        if "penalty" not in scoring:
            return max(0, right - wrong) / len(correct)
        return max(0.0, right / len(correct) - wrong * float(scoring["penalty"]))

    def key_fields(self, content: Content, options: Sequence[str]) -> list[AuthorField]:
        """Which options are right, and what some of them are worth."""
        partial = ("yes",) if content.scoring.get("partial") else ()
        penalty = (str(content.scoring["penalty"]),) if "penalty" in content.scoring else ()
        return [
            *super().key_fields(content, options),
            AuthorField("partial", _("Give a share of the mark for a partly right answer"), "check", partial),
            AuthorField(
                "penalty",
                _("Share of the mark that a wrong choice takes"),
                "number",
                penalty,
                hint=_("A number from 0 to 1. Empty: as much as a right choice gives."),
            ),
        ]

    def key_from(self, given: Given, options: list[str]) -> dict[str, Any]:
        """The key and how it is shared out."""
        key: dict[str, Any] = {**super().key_from(given, options), "partial": bool(given.get("partial"))}
        if author_number(given, "penalty") is not None:
            key["penalty"] = author_share(given, "penalty", 0)
        return key
