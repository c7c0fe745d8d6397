"""What the types have in common whose answer is one or several of a list of options."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from lms.i18n import gettext as _
from lms.quizzes.question_types.base import MAIN, Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.naming import letters_of
from lms.quizzes.question_types.reading import (
    author_feedback,
    author_text,
    chosen_of,
    feedback_faults,
    ids_of,
    languages_in,
    mapping_of,
)

FIRST_OPTIONS = 4
SPARE_OPTIONS = 2
"""Empty options at the end of the studio's form; those left empty do not come to be."""


class ChoiceType(QuestionType):
    """Answers are {"options": ids}: never option texts."""

    answer_template = "quizzes/types/choice.html"
    review_template = "quizzes/types/choice_review.html"
    several: ClassVar[bool] = False
    """Whether more than one option may be chosen."""
    own_words: ClassVar[bool] = False
    """Whether its options are the product's words, in the reader's language, and not the question's."""

    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {"options": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}},
        "required": ["options"],
        "additionalProperties": False,
    }

    def options_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The ids of its options."""
        return ids_of(structure.get("options"))

    def choices_of(self, structure: Mapping[str, Any]) -> list[str]:
        """Everything that may be chosen, shuffled or not."""
        return self.options_of(structure)

    def faults(self, content: Content) -> Iterator[Fault]:
        """Too few options, options without text, no right one."""
        options = self.choices_of(content.structure)
        if len(options) < 2:
            yield Fault("structure.options", _("Give at least two options."))
        yield from self.key_faults(content, options)
        for language, text in content.text.items():
            yield from self.text_faults(text, language, options)

    def key_faults(self, content: Content, options: list[str]) -> Iterator[Fault]:
        """A key that is none."""
        correct = ids_of(content.scoring.get("correct"))
        if not correct or not set(correct) <= set(options):
            yield Fault("scoring.correct", _("Mark the right answer."))
        elif len(correct) > 1 and not self.several:
            yield Fault("scoring.correct", _("Mark one option only as right."))

    def text_faults(self, text: Mapping[str, Any], language: str, options: list[str]) -> Iterator[Fault]:
        """Options without text, feedback without option."""
        shown = mapping_of(text.get("options"))
        for option in options:
            if not isinstance(shown.get(option), str) or not shown[option].strip():
                yield Fault(f"text.{language}.options.{option}", _("This option has no text."))
        yield from feedback_faults(text, language, options)

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """The options chosen, in the order in which they were written."""
        chosen = chosen_of(given, self.choices_of(structure))
        return {"options": chosen if self.several else chosen[:1]} if chosen else None

    def given(self, answer: Answer) -> Given:
        """The boxes that are ticked."""
        return {MAIN: answer["options"]}

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """What the choice is worth; feedback of each option chosen."""
        chosen, correct = answer["options"], set(content.scoring["correct"])
        parts = {option: option in correct for option in chosen}
        return Grade(self.share(set(chosen), correct, content.scoring), tuple(chosen), parts)

    def share(self, chosen: set[str], correct: set[str], scoring: Mapping[str, Any]) -> float:
        """All or nothing."""
        return float(chosen == correct)

    def correct_answer(self, content: Content, language: str) -> Answer:
        """The key."""
        correct = set(content.scoring["correct"])
        return {"options": [option for option in self.choices_of(content.structure) if option in correct]}

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """The texts of the options chosen."""
        return [self.label_of(option, text) for option in answer["options"]]

    def label_of(self, option: str, text: Mapping[str, Any]) -> str:
        """What an option says."""
        label: str = text.get("options", {}).get(option, option)
        return label

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Each option chosen."""
        options: list[str] = answer["options"]
        return options

    def summary_choices(self, structure: Mapping[str, Any]) -> Sequence[str]:
        """Every option."""
        return self.choices_of(structure)

    def summary_label(self, key: str, text: Mapping[str, Any]) -> str:
        """What an option says."""
        return self.label_of(key, text)

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """Prompt, then each option with its feedback, with spare ones at the end."""
        options = self.options_of(content.structure)
        options = [*options, *_free_ids(options)]
        fields = [AuthorField("options", "", "hidden", tuple(options)), *self.key_fields(content, options)]
        for language in languages:
            text = mapping_of(content.text.get(language))
            fields += [
                AuthorField(
                    f"prompt.{language}", _("Question"), "text", (str(text.get("prompt", "")),), language=language
                )
            ]
            for option, letter in letters_of(options).items():
                fields += _option_fields(text, option, letter, language)
        return fields

    def key_fields(self, content: Content, options: Sequence[str]) -> list[AuthorField]:
        """Which options are right."""
        correct = tuple(ids_of(content.scoring.get("correct")))
        choices = tuple((option, _("Option %(id)s", id=letter)) for option, letter in letters_of(options).items())
        return [AuthorField("correct", _("Right answer"), "many" if self.several else "one", correct, choices=choices)]

    def from_author_form(self, given: Given, before: Content) -> Content:
        """Options that have a text in some language, and what was said of them."""
        offered = ids_of(list(given.get("options", ()))) or self.options_of(before.structure)
        text = dict(before.text)
        for language in languages_in(given):
            text[language] = {
                "prompt": author_text(given, f"prompt.{language}"),
                "options": {option: author_text(given, f"option.{option}.{language}") for option in offered},
                "feedback": author_feedback(given, offered, language),
            }
        kept = [o for o in offered if any(mapping_of(part.get("options")).get(o) for part in text.values())]
        return Content({"options": kept}, self.key_from(given, kept), _only(text, kept))

    def key_from(self, given: Given, options: list[str]) -> dict[str, Any]:
        """The scoring that a studio form holds."""
        return {"correct": [option for option in options if option in given.get("correct", ())]}


def _free_ids(options: Sequence[str]) -> list[str]:
    spare = max(SPARE_OPTIONS, FIRST_OPTIONS - len(options))
    return [letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in options][:spare]


def _option_fields(text: Mapping[str, Any], option: str, letter: str, language: str) -> list[AuthorField]:
    said, feedback = mapping_of(text.get("options")), mapping_of(text.get("feedback"))
    return [
        AuthorField(
            f"option.{option}.{language}", _("Option %(id)s", id=letter), "line", (said.get(option, ""),), language
        ),
        AuthorField(
            f"feedback.{option}.{language}",
            _("Feedback on option %(id)s", id=letter),
            "text",
            (feedback.get(option, ""),),
            language,
        ),
    ]


def _only(text: Mapping[str, Mapping[str, Any]], options: list[str]) -> dict[str, dict[str, Any]]:
    def kept(part: Mapping[str, Any], name: str) -> dict[str, str]:
        return {key: value for key, value in mapping_of(part.get(name)).items() if key in options}

    return {
        language: {**part, "options": kept(part, "options"), "feedback": kept(part, "feedback")}
        for language, part in text.items()
    }
