"""What the types have in common that people grade: a rubric, and a verdict instead of a key."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from lms.i18n import gettext as _
from lms.quizzes.question_types.base import Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.reading import author_text, languages_in, mapping_of
from lms.quizzes.question_types.rubric import rubric_faults
from lms.quizzes.question_types.rubric_form import rubric_fields, rubric_from


class HandGraded(QuestionType):
    """Graded in the queue by criteria and levels (`rubric.share_of`); the learner sees them beside the question."""

    read_template: ClassVar[str]
    """Template of an answer alone, as graders read it; gets `answer`."""
    by_hand = True
    free_text = True
    inline: ClassVar[tuple[str, ...]] = ("prompt", "criteria", "levels")

    def faults(self, content: Content) -> Iterator[Fault]:
        """What the rubric lacks, and what the type itself does."""
        yield from rubric_faults(content)
        yield from self.rule_faults(content.structure)

    @abstractmethod
    def rule_faults(self, structure: Mapping[str, Any]) -> Iterator[Fault]:
        """What is wrong with what the type says beside its rubric."""

    @abstractmethod
    def rule_fields(self, structure: Mapping[str, Any]) -> list[AuthorField]:
        """The studio's fields of that."""

    @abstractmethod
    def rules_from(self, given: Given) -> dict[str, Any]:
        """That part of the structure, from the studio's form. Raises DomainError."""

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """Nothing yet: a person says what it is worth."""
        return Grade(0.0)

    def correct_answer(self, content: Content, language: str) -> Answer | None:
        """None: there is no one right answer."""
        return None

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """Prompt, rules, rubric."""
        prompts = [
            AuthorField(
                f"prompt.{language}",
                _("Question"),
                "text",
                (str(mapping_of(content.text.get(language)).get("prompt", "")),),
                language,
            )
            for language in languages
        ]
        return [*prompts, *self.rule_fields(content.structure), *rubric_fields(content, languages)]

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The question as edited."""
        rubric = rubric_from(given, before)
        text = {code: dict(part) for code, part in before.text.items()}
        for language in languages_in(given):
            text[language] = {"prompt": author_text(given, f"prompt.{language}"), **rubric.text[language]}
        return Content({**self.rules_from(given), **rubric.structure}, rubric.scoring, text)
