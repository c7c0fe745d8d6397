"""Short text: a word or a few, compared with accepted answers in one of three ways."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext
from lms.quizzes.question_types import short_text_form
from lms.quizzes.question_types.base import MAIN, Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.comparing import MODES, is_near, matches
from lms.quizzes.question_types.reading import feedback_faults, ids_of, is_share, line_of, mapping_of
from lms.text import answer_key, key_version

OTHER = "other"


class ShortText(QuestionType):
    """Answers are {"text": as typed, "key_version": of the folding that it was accepted under}."""

    key = "short_text"
    label = lazy_gettext("Short answer")
    help = lazy_gettext("A word or a few, typed; several answers may be accepted, each with its share of the mark.")
    answer_template = "quizzes/types/short_text.html"
    review_template = "quizzes/types/written_review.html"
    free_text = True
    inline = ("prompt", "feedback")
    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {"text": {"type": "string"}, "key_version": {"type": "integer"}},
        "required": ["text", "key_version"],
        "additionalProperties": False,
    }

    def faults(self, content: Content) -> Iterator[Fault]:
        """Nothing that is accepted in full, or accepted answers without words."""
        accepted = ids_of(content.structure.get("accepted"))
        rules = mapping_of(content.scoring.get("accepted"))
        if not accepted or set(rules) != set(accepted) or OTHER in accepted:
            yield Fault("structure.accepted", _("Give at least one accepted answer."))
        for key, rule in rules.items():
            yield from _rule_faults(key, mapping_of(rule))
        if rules and not any(mapping_of(rule).get("share") == 1 for rule in rules.values()):
            yield Fault("scoring.accepted", _("One accepted answer must get the full mark."))
        for language, text in content.text.items():
            yield from _word_faults(text, language, accepted)

    def feedback_keys(self, structure: Mapping[str, Any]) -> list[str]:
        """Each accepted answer, and all others together."""
        return [*ids_of(structure.get("accepted")), OTHER]

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """What was typed, cleaned."""
        typed = line_of(given)
        return {"text": typed, "key_version": key_version} if typed else None

    def given(self, answer: Answer) -> Given:
        """What was typed."""
        return {MAIN: [answer["text"]]}

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """The best share of what it matches: in the language of the answer first, else in any other."""
        near = False
        for code in (language, *(code for code in LANGUAGES if code != language)):
            words = mapping_of(content.text.get(code, {}).get("accepted"))
            found = _best(content, words, answer["text"])
            if found is not None:
                return Grade(found[0], (found[1],))
            near = near or any(is_near(answer["text"], word) for variants in words.values() for word in variants)
        return Grade(0.0, (OTHER,), near=near)

    def correct_answer(self, content: Content, language: str) -> Answer:
        """The first wording of an answer that gets the full mark."""
        words = content.text_in(language)["accepted"]
        rules = content.scoring["accepted"]
        full = next(key for key in content.structure["accepted"] if rules[key]["share"] == 1)
        return {"text": words[full][0], "key_version": key_version}

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """What was typed."""
        return [answer["text"]]

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Its compact key: spellings fall together; a text of signs only stands for itself."""
        return [answer_key(answer["text"]) or answer["text"]]

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """Accepted answers, how each is compared and what it is worth."""
        return short_text_form.fields(content, languages)

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The question as edited."""
        return short_text_form.content_from(given, before)


def _best(content: Content, words: Mapping[str, Any], typed: str) -> tuple[float, str] | None:
    rules = content.scoring["accepted"]
    found = [
        (float(rules[key]["share"]), key)
        for key in content.structure["accepted"]
        if any(matches(typed, word, rules[key].get("mode", "folded")) for word in words.get(key, ()))
    ]
    return max(found, key=lambda pair: pair[0]) if found else None


def _rule_faults(key: str, rule: Mapping[str, Any]) -> Iterator[Fault]:
    if not is_share(rule.get("share")):
        yield Fault(f"scoring.accepted.{key}.share", _("Give the share of the mark as a number from 0 to 1."))
    if rule.get("mode", "folded") not in MODES:
        yield Fault(f"scoring.accepted.{key}.mode", _("This way of comparing is not known."))


def _word_faults(text: Mapping[str, Any], language: str, accepted: list[str]) -> Iterator[Fault]:
    words = mapping_of(text.get("accepted"))
    for key in accepted:
        variants = words.get(key)
        if not isinstance(variants, list) or not variants or not all(_is_word(word) for word in variants):
            yield Fault(f"text.{language}.accepted.{key}", _("This accepted answer has no words."))
    yield from feedback_faults(text, language, [*accepted, OTHER])


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
