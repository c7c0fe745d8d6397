"""True or false."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, pgettext
from lms.quizzes.question_types.base import AuthorField, Content, Fault, Given
from lms.quizzes.question_types.choices import ChoiceType
from lms.quizzes.question_types.reading import (
    author_feedback,
    author_text,
    feedback_faults,
    languages_in,
    mapping_of,
)

SIDES = ["true", "false"]


class TrueFalse(ChoiceType):
    """A statement to be judged: its two options are the product's own words, never shuffled."""

    key = "true_false"
    label = lazy_gettext("True or false")
    help = lazy_gettext("A statement to be judged.")
    own_words = True

    def options_of(self, structure: Mapping[str, Any]) -> list[str]:
        """Nothing to shuffle."""
        return []

    def choices_of(self, structure: Mapping[str, Any]) -> list[str]:
        """True and false, in that order."""
        return SIDES

    def feedback_keys(self, structure: Mapping[str, Any]) -> list[str]:
        """True and false."""
        return SIDES

    def text_faults(self, text: Mapping[str, Any], language: str, options: list[str]) -> Iterator[Fault]:
        """Feedback on neither."""
        yield from feedback_faults(text, language, SIDES)

    def label_of(self, option: str, text: Mapping[str, Any]) -> str:
        """True or false, in the reader's language."""
        return pgettext("statement", "True") if option == "true" else pgettext("statement", "False")

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """The statement, which side is right, feedback on each."""
        correct = tuple(content.scoring.get("correct", ()))
        choices = tuple((side, self.label_of(side, {})) for side in SIDES)
        fields = [AuthorField("correct", _("Right answer"), "one", correct, choices=choices)]
        for language in languages:
            text = mapping_of(content.text.get(language))
            prompt, feedback = str(text.get("prompt", "")), mapping_of(text.get("feedback"))
            fields.append(AuthorField(f"prompt.{language}", _("Statement"), "text", (prompt,), language))
            fields += [
                AuthorField(f"feedback.{side}.{language}", label, "text", (feedback.get(side, ""),), language)
                for side, label in (
                    ("true", _("Feedback on “true”")),
                    ("false", _("Feedback on “false”")),
                )
            ]
        return fields

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The statement as edited."""
        text = dict(before.text)
        for language in languages_in(given):
            text[language] = {
                "prompt": author_text(given, f"prompt.{language}"),
                "feedback": author_feedback(given, SIDES, language),
            }
        return Content({}, self.key_from(given, SIDES), text)
