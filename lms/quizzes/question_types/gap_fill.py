"""Gap fill: a passage with gaps, each of which is typed or chosen from a list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, ClassVar

from markupsafe import Markup

from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, lazy_pgettext
from lms.quizzes.question_types import gap_form
from lms.quizzes.question_types.base import Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.comparing import is_near, matches
from lms.quizzes.question_types.gap_faults import gap_faults, passage_faults, word_faults
from lms.quizzes.question_types.gaps import Gap, gaps_of, marks_in, pieces_of
from lms.quizzes.question_types.parts import OUTCOMES, feedback_of, partial_faults, share_of, value_of
from lms.quizzes.question_types.reading import clean_answer, feedback_faults, mapping_of
from lms.text import answer_key, key_version


class GapFill(QuestionType):
    """Answers are {"gaps": {gap: as typed, or the option's id}, "key_version": of the folding accepted under}."""

    key = "gap_fill"
    label = lazy_pgettext("question type", "Gaps in a text")
    help = lazy_gettext("A text with gaps to be filled in: typed, or chosen from a list.")
    answer_template = "quizzes/types/gap_fill.html"
    review_template = "quizzes/types/gap_fill_review.html"
    free_text = True
    inline = ("prompt", "passage", "options", "feedback")
    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {
            "gaps": {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            "key_version": {"type": "integer"},
        },
        "required": ["gaps", "key_version"],
        "additionalProperties": False,
    }

    def faults(self, content: Content) -> Iterator[Fault]:
        """No gaps, gaps that no passage names, gaps without a right answer, answers without words."""
        gaps = gaps_of(content.structure)
        yield from gap_faults(content, gaps)
        yield from partial_faults(content.scoring)
        for language, text in content.text.items():
            yield from passage_faults(text, language, gaps)
            yield from word_faults(text, language, gaps)
            yield from feedback_faults(text, language, self.feedback_keys(content.structure))

    def gaps_of(self, structure: Mapping[str, Any]) -> dict[str, Gap]:
        """The gaps by their ids, for templates."""
        return {gap.id: gap for gap in gaps_of(structure)}

    def pieces_of(self, passage: Any) -> list[tuple[Markup, str]]:
        """A rendered passage in pieces: what is said, and the gap after it."""
        return [(Markup(said), gap) for said, gap in pieces_of(str(passage))]  # noqa: S704 - sanitized when rendered

    def options_in(self, order: Sequence[str], gap: str) -> list[str]:
        """The options of a gap in an attempt's order."""
        return [key.partition(".")[2] for key in order if key.partition(".")[0] == gap]

    def options_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The options of all gaps that are chosen, "gap.option"."""
        return [f"{gap.id}.{answer}" for gap in gaps_of(structure) if not gap.typed for answer in gap.answers]

    def arrange(self, structure: Mapping[str, Any], order: Random, *, shuffle: bool) -> list[str]:
        """Always shuffled: people write the right one first."""
        return super().arrange(structure, order, shuffle=True)

    def feedback_keys(self, structure: Mapping[str, Any]) -> list[str]:
        """Each gap, and the whole."""
        return [*(gap.id for gap in gaps_of(structure)), *OUTCOMES]

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """What was typed, cleaned, and what was chosen. Raises DomainError for an option that there is not."""
        found = {gap.id: self._read_gap(gap, value_of(given, gap.id)) for gap in gaps_of(structure)}
        filled = {gap: value for gap, value in found.items() if value}
        return {"gaps": filled, "key_version": key_version} if filled else None

    def _read_gap(self, gap: Gap, value: str) -> str:
        if not gap.typed and value and value not in gap.answers:
            raise DomainError(_("Choose from the list."))
        return clean_answer(value)

    def given(self, answer: Answer) -> Given:
        """What each gap holds."""
        return {gap: [value] for gap, value in answer["gaps"].items()}

    def is_whole(self, structure: Mapping[str, Any], answer: Answer) -> bool:
        """Whether every gap is filled."""
        return len(answer["gaps"]) == len(gaps_of(structure))

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """Each gap's share, by its weight."""
        gaps, filled = gaps_of(content.structure), answer["gaps"]
        rules = content.scoring["gaps"]
        shares = {gap.id: _share(content, gap, filled.get(gap.id), language) for gap in gaps}
        weights = {gap.id: rules[gap.id].get("weight", 1) for gap in gaps}
        fraction = share_of(shares, content.scoring, weights)
        parts = {gap.id: shares[gap.id] == 1 for gap in gaps if gap.id in filled}
        near = any(_near(content, gap, filled[gap.id]) for gap in gaps if gap.id in filled and not shares[gap.id])
        return Grade(fraction, feedback_of(fraction, parts), parts, near)

    def correct_answer(self, content: Content, language: str) -> Answer:
        """In each gap the first answer that gets its full share."""
        found = {}
        for gap in gaps_of(content.structure):
            shares = content.scoring["gaps"][gap.id]["shares"]
            full = next(answer for answer in gap.answers if shares.get(answer) == 1)
            found[gap.id] = content.text_in(language)["accepted"][gap.id][full][0] if gap.typed else full
        return {"gaps": found, "key_version": key_version}

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """What each gap holds, in the order of the passage."""
        filled = answer["gaps"]
        order = [gap for gap in marks_in(str(text.get("passage", ""))) if gap in filled]
        return [self.filled_label(gap, filled[gap], text) for gap in [*order, *sorted(filled.keys() - set(order))]]

    def filled_label(self, gap: str, value: str, text: Mapping[str, Any]) -> str:
        """What a gap holds, in words."""
        label: str = mapping_of(mapping_of(text.get("options")).get(gap)).get(value, value)
        return label

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Each gap with its answer's compact key: spellings fall together."""
        return [f"{gap}>{answer_key(value)}" for gap, value in answer["gaps"].items()]

    def summary_label(self, key: str, text: Mapping[str, Any]) -> str:
        """A gap and what it holds in words."""
        gap, _to, value = key.partition(">")
        return f"{gap}: " + self.filled_label(gap, value, text)

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """The passage, then each gap with its answers."""
        return gap_form.fields(content, languages)

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The passage and gaps as edited; answers written in the passage become gaps."""
        return gap_form.content_from(given, before)


def _share(content: Content, gap: Gap, value: str | None, language: str) -> float:
    """What a gap's answer is worth: of typed ones the best that it matches, in any language."""
    rule = content.scoring["gaps"][gap.id]
    shares: Mapping[str, float] = rule["shares"]
    if value is None:
        return 0.0
    if not gap.typed:
        return float(shares.get(value, 0))
    mode = rule.get("mode", "folded")
    fits = (key for key in gap.answers if any(matches(value, word, mode) for word in _words(content, gap, key)))
    return max((float(shares.get(key, 0)) for key in fits), default=0.0)


def _near(content: Content, gap: Gap, value: str) -> bool:
    return gap.typed and any(is_near(value, word) for key in gap.answers for word in _words(content, gap, key))


def _words(content: Content, gap: Gap, answer: str) -> list[str]:
    said = (mapping_of(mapping_of(content.text.get(code, {}).get("accepted")).get(gap.id)) for code in LANGUAGES)
    return [word for words in said for word in words.get(answer, ())]
