"""What a question type is: the contract that the core's types and the plugins' types keep alike.

A type is an object without state. It knows how a question of its kind is checked, answered, graded, shown and written;
rows, requests and attempts are none of its business. Everything that it is given and gives is plain data.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, ClassVar

from lms.formats import LANGUAGES
from lms.i18n import gettext as _

Answer = dict[str, Any]
"""An answer as it is stored: of the shape of its type's `answer_schema`."""
Given = Mapping[str, Sequence[str]]
"""What a form holds, by the part of the question: {"answer": ["a", "c"]}."""

MAIN = "answer"
"""The part of a question that has only one."""


@dataclass(frozen=True)
class Content:
    """A question as written: structure and scoring once, the text by language (docs/content-format.md)."""

    structure: Mapping[str, Any] = field(default_factory=dict)
    scoring: Mapping[str, Any] = field(default_factory=dict)
    text: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Mapping[str, Any]) -> "Content":
        """The content of a question of a quiz file; whatever is no mapping counts as empty."""
        parts = [question.get(name) for name in ("structure", "scoring", "text")]
        structure, scoring, text = (part if isinstance(part, Mapping) else {} for part in parts)
        return cls(structure, scoring, {code: part for code, part in text.items() if isinstance(part, Mapping)})

    def text_in(self, language: str) -> Mapping[str, Any]:
        """The text in `language`, else in the first language that there is."""
        return self.text.get(shown_language(self.text, language), {})


@dataclass(frozen=True)
class Grade:
    """What an answer is worth: a share of the mark from 0 to 1, and the keys of the feedback to show.

    `parts` says of each thing that was given, by its id, whether it is right, where an answer has such parts. `near`
    says that it failed by one letter: the learner is told to mind the spelling, and gets nothing for it.
    """

    fraction: float
    feedback: tuple[str, ...] = ()
    parts: Mapping[str, bool] = field(default_factory=dict)
    near: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with a question as written: `where` in it ("text.fa.prompt"), and a translated message."""

    where: str
    message: str


@dataclass(frozen=True)
class AuthorField:
    """A field of the studio's form. One of a language carries it, and its name ends in it ("prompt.fa").

    Kinds: `line`, `text` (several lines), `lines` (an item a line), `number`, `one` and `many` of `choices`, `pick`
    (one of them, from a list that opens), `check`, `hidden` (ids in their order, to be moved and taken out).
    """

    name: str
    label: str
    kind: str
    values: tuple[str, ...] = ()
    language: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    #: What it is about, "<hidden field>.<id>", where its name does not end in that id.
    group: str = ""
    #: What that is called, where it is not as its first field.
    heading: str = ""
    #: How to fill it in.
    hint: str = ""


def shown_language(text: Mapping[str, Any], language: str) -> str:
    """The language to show of a text by language: the reader's, else the first that it has."""
    if text.get(language):
        return language
    return next((code for code in LANGUAGES if text.get(code)), language)


class QuestionType(ABC):
    """One kind of question. Subclass it, and return an instance from a plugin's `question_types()`."""

    key: ClassVar[str]
    """What questions name it by; never changes."""
    label: ClassVar[str]
    """Its name in the studio (a lazy translation)."""
    help: ClassVar[str] = ""
    """What it is for, in a sentence: shown where a type is chosen (a lazy translation)."""
    answer_template: ClassVar[str]
    """Template of its part of the attempt page; gets `q`, an `lms.quizzes.shown.ShownQuestion`."""
    review_template: ClassVar[str]
    """Template of its part of the result page; gets `r`, an `lms.quizzes.review.Reviewed`."""
    answer_schema: ClassVar[Mapping[str, Any]]
    """JSON Schema of a stored answer."""
    by_hand: ClassVar[bool] = False
    """Whether a person grades its answers: then `grade` is never asked."""
    marked: ClassVar[bool] = True
    """Whether an answer is worth anything: a question of a type that is not has the mark 0."""
    asks: ClassVar[bool] = True
    """Whether it wants an answer; a text that others ask about does not."""
    takes_form: ClassVar[bool] = True
    """Whether its answer comes from fields of the attempt's form; files come by themselves."""
    scripts: ClassVar[tuple[str, ...]] = ()
    """Static files of the core that make answering easier; its form works without them."""
    free_text: ClassVar[bool] = False
    """Whether an answer is in the learner's own words: erasing her empties it."""
    blocks: ClassVar[tuple[str, ...]] = ()
    """Which parts of a text are Markdown of several paragraphs, shown to the learner."""
    inline: ClassVar[tuple[str, ...]] = ("prompt", "options", "feedback")
    """Which parts of a text are inline Markdown, shown to the learner. All others stay on the server."""

    def check(self, content: Content) -> list[Fault]:
        """What is wrong with a question as written; never raises, whatever it is given."""
        return [*_prompt_faults(content), *self.faults(content)]

    @abstractmethod
    def faults(self, content: Content) -> Iterator[Fault]:
        """What is wrong beyond a missing prompt; must bear any JSON value anywhere."""

    @abstractmethod
    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """The answer that a form holds, None where it holds none. Raises DomainError, to be shown at the question."""

    @abstractmethod
    def given(self, answer: Answer) -> Given:
        """What a form holds that shows this answer: `read_answer` of it is the answer again."""

    def is_whole(self, structure: Mapping[str, Any], answer: Answer) -> bool:
        """Whether an answer leaves nothing out; before she submits, a learner is told of those that do."""
        return True

    @abstractmethod
    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """What an answer given in `language` is worth. A pure function."""

    @abstractmethod
    def correct_answer(self, content: Content, language: str) -> Answer | None:
        """An answer that gets the full mark; None where there is none, as a person grades or nothing is right."""

    @abstractmethod
    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """An answer in words, from one language's text; HTML where that text is rendered."""

    @abstractmethod
    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """The fields by which the studio edits a question, beside its mark."""

    @abstractmethod
    def from_author_form(self, given: Given, before: Content) -> Content:
        """The question as edited. A language whose fields are not given stays as it was before.

        Raises DomainError that names the field. What is merely unfinished is let through; `check` tells of it.
        """

    def options_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The ids to be shown in an order of the attempt's own; none: there is nothing to shuffle."""
        return []

    def arrange(self, structure: Mapping[str, Any], order: Random, *, shuffle: bool) -> list[str]:
        """The ids of `options_of` as one attempt shows them; `shuffle` is what the quiz says."""
        options = self.options_of(structure)
        return order.sample(options, len(options)) if shuffle else options

    def feedback_keys(self, structure: Mapping[str, Any]) -> list[str]:
        """The keys that a text's `feedback` may have."""
        return self.options_of(structure)

    def summarize(self, answers: Iterable[Answer]) -> dict[str, int]:
        """How often each thing was answered: option ids, or answers folded together."""
        return dict(Counter(key for answer in answers for key in self.summary_keys(answer)))

    @abstractmethod
    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """What an answer counts for in `summarize`."""

    def summary_choices(self, structure: Mapping[str, Any]) -> Sequence[str]:
        """All keys of `summarize` that there can be, where answers are chosen and few: statistics list those too that
        nobody chose."""
        return []

    def summary_label(self, key: str, text: Mapping[str, Any]) -> str:
        """A key of `summarize` in words, from one language's text."""
        return key


def _prompt_faults(content: Content) -> Iterator[Fault]:
    if not content.text:
        yield Fault("text", _("The question has no text in any language."))
    for language, text in content.text.items():
        prompt = text.get("prompt")
        if not isinstance(prompt, str) or not prompt.strip():
            yield Fault(f"text.{language}.prompt", _("The question has no text."))
