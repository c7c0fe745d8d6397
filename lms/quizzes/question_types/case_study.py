"""Case study: a text that the questions after it are about. It asks nothing itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, lazy_pgettext
from lms.quizzes.question_types.base import Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.reading import author_text, languages_in, mapping_of, says


class CaseStudy(QuestionType):
    """Its `prompt` is the title, its `body` the text. Questions that say `in_case` follow it and stay with it."""

    key = "case_study"
    label = lazy_gettext("Case study")
    help = lazy_gettext("A text with several questions about it, of any other types, after it.")
    answer_template = "quizzes/types/case_study.html"
    review_template = "quizzes/types/case_study.html"
    marked = False
    asks = False
    takes_form = False
    inline: ClassVar[tuple[str, ...]] = ("prompt",)
    blocks: ClassVar[tuple[str, ...]] = ("body",)
    answer_schema: ClassVar[Mapping[str, Any]] = {"type": "object", "maxProperties": 0, "properties": {}}

    def faults(self, content: Content) -> Iterator[Fault]:
        """A case that says nothing."""
        for language, text in content.text.items():
            if not says(text.get("body")):
                yield Fault(f"text.{language}.body", _("The case has no text."))

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """None. Raises DomainError for anything that is given."""
        if any(values for values in given.values()):
            raise DomainError(_("There is nothing to answer here."))
        return None

    def given(self, answer: Answer) -> Given:
        """Nothing."""
        return {}

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """Nothing: it is worth 0."""
        return Grade(0.0)

    def correct_answer(self, content: Content, language: str) -> Answer | None:
        """None: it asks nothing."""
        return None

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """Nothing."""
        return []

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Nothing."""
        return []

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """Title and text."""
        rows = (("prompt", lazy_pgettext("of a case", "Title")), ("body", lazy_pgettext("of a case", "Text")))
        return [
            AuthorField(
                f"{name}.{language}",
                str(label),
                "text",
                (str(mapping_of(content.text.get(language)).get(name, "")),),
                language,
            )
            for name, label in rows
            for language in languages
        ]

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The case as edited."""
        text = {code: dict(part) for code, part in before.text.items()}
        for language in languages_in(given):
            text[language] = {name: author_text(given, f"{name}.{language}") for name in ("prompt", "body")}
        return Content({}, {}, text)
