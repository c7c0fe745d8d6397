"""The studio's form of a gap fill question: the passage, then each gap that it names with its answers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import pgettext
from lms.quizzes.question_types.base import AuthorField, Content, Given
from lms.quizzes.question_types.gap_writing import WrittenGap, read_passages
from lms.quizzes.question_types.gaps import CHOSEN, TYPED, Gap, gaps_of, mark_of
from lms.quizzes.question_types.naming import letters_of
from lms.quizzes.question_types.parts import OUTCOMES, free_ids, outcome_fields, partial_field, value_of
from lms.quizzes.question_types.reading import (
    author_feedback,
    author_lines,
    author_number,
    author_share,
    author_text,
    ids_of,
    languages_in,
    mapping_of,
)
from lms.quizzes.question_types.short_text_form import mode_field, mode_from

SPARE = {True: 1, False: 2}
"""Empty answers at the end of a gap that is typed, and of one that is chosen."""
Words = Mapping[str, Mapping[str, list[str]]]
"""The words of a gap's answers, by language and answer."""


def fields(content: Content, languages: Sequence[str]) -> list[AuthorField]:
    """The passage in each language; gap by gap kind, weight, answers and their shares."""
    found = [partial_field(content.scoring)]
    for code in languages:
        found += _passage_fields(mapping_of(content.text.get(code)), code)
    rules = mapping_of(content.scoring.get("gaps"))
    for gap in gaps_of(content.structure):
        answers = [*gap.answers, *free_ids(gap.answers, SPARE[gap.typed])]
        found += _rule_fields(gap, answers, mapping_of(rules.get(gap.id)))
        for code in languages:
            found += _answer_fields(mapping_of(content.text.get(code)), code, gap, answers)
    return found


def _passage_fields(text: Mapping[str, Any], language: str) -> Iterator[AuthorField]:
    yield AuthorField(f"prompt.{language}", _("Question"), "text", (str(text.get("prompt", "")),), language)
    hint = _("Write an answer in double brackets and save: [[answer]] is typed, [[right | wrong | wrong]] is chosen.")
    passage = (str(text.get("passage", "")),)
    yield AuthorField(f"passage.{language}", _("Text with gaps"), "text", passage, language, hint=hint)
    yield from outcome_fields(text, language)


def _rule_fields(gap: Gap, answers: list[str], rule: Mapping[str, Any]) -> Iterator[AuthorField]:
    about, shares, letters = f"gaps.{gap.id}", mapping_of(rule.get("shares")), letters_of(answers)
    kinds = ((TYPED, pgettext("gap", "Typed")), (CHOSEN, pgettext("gap", "Chosen from a list")))
    kind, heading = TYPED if gap.typed else CHOSEN, _("Gap %(number)s", number=mark_of(gap.id))
    yield AuthorField(f"answers.{gap.id}", "", "hidden", tuple(answers))
    label = _("How the gap is filled")
    yield AuthorField(f"kind.{gap.id}", label, "pick", (kind,), choices=kinds, group=about, heading=heading)
    if gap.typed:
        yield mode_field(f"mode.{gap.id}", _("How answers are compared"), rule, about)
    weight = (f"{rule.get('weight', 1)}",)
    yield AuthorField(f"weight.{gap.id}", _("Weight of this gap"), "number", weight, group=about)
    for key in answers:
        default = 0 if key in gap.answers or not gap.typed else 1
        label = _("Share of the mark for answer %(id)s", id=letters[key])
        yield AuthorField(f"share.{gap.id}.{key}", label, "number", (str(shares.get(key, default)),), group=about)


def _answer_fields(text: Mapping[str, Any], language: str, gap: Gap, answers: list[str]) -> Iterator[AuthorField]:
    about, words, letters = f"gaps.{gap.id}", _words_of(text, gap), letters_of(answers)
    for key in answers:
        if gap.typed:
            label = _("Answer %(id)s, a spelling a line", id=letters[key])
        else:
            label = _("Option %(id)s", id=letters[key])
        said, kind = ("\n".join(words.get(key, ())),), "lines" if gap.typed else "line"
        yield AuthorField(f"answer.{gap.id}.{key}.{language}", label, kind, said, language, group=about)
    feedback = (str(mapping_of(text.get("feedback")).get(gap.id, "")),)
    label = _("Feedback where this gap is not right")
    yield AuthorField(f"feedback.{gap.id}.{language}", label, "line", feedback, language, group=about)


def _words_of(text: Mapping[str, Any], gap: Gap) -> dict[str, list[str]]:
    """The words of each answer of a gap in one language's text."""
    said = mapping_of(mapping_of(text.get("accepted" if gap.typed else "options")).get(gap.id))
    return {key: [words] if isinstance(words, str) else list(words) for key, words in said.items() if words}


def content_from(given: Given, before: Content) -> Content:
    """The question that a form holds; the gaps are those that its passages name."""
    languages = languages_in(given)
    known = {gap.id: gap for gap in gaps_of(before.structure)}
    typed = {code: author_text(given, f"passage.{code}") for code in languages}
    said = {
        gap.id: {code: _words_of(mapping_of(part), gap) for code, part in before.text.items()} for gap in known.values()
    }
    stored = {code: str(part.get("passage", "")) for code, part in before.text.items() if code not in typed}
    passages, written = read_passages({**stored, **typed}, {gap: set(_spoken(words)) for gap, words in said.items()})
    built = [_built(given, languages, known.get(gap.id), gap, said.get(gap.id, {})) for gap in written]
    text = {code: _texts(given, code, [gap.id for gap, _rule, _words in built]) for code in languages}
    scoring: dict[str, Any] = {"gaps": {gap.id: rule for gap, rule, _words in built}}
    if not given.get("partial"):
        scoring["partial"] = False
    return Content(
        {"gaps": [{"id": gap.id, "kind": TYPED if gap.typed else CHOSEN, "answers": gap.answers} for gap, *_ in built]},
        scoring,
        {code: _whole(part, passages, built, code) for code, part in {**before.text, **text}.items()},
    )


def _spoken(words: Words) -> list[str]:
    return [code for code, answers in words.items() if any(answers.values())]


Built = tuple[Gap, dict[str, Any], Words]


def _built(given: Given, languages: Sequence[str], old: Gap | None, new: WrittenGap, said: Words) -> Built:
    """A gap as edited, its rule and its words by language."""
    offered = ids_of(list(given.get(f"answers.{new.id}", ()))) or (old.answers if old else [])
    offered = [*offered, *free_ids(offered, max(0, new.most - len(offered)))]
    kind = value_of(given, f"kind.{new.id}") or (new.kind if old is None else TYPED if old.typed else CHOSEN)
    words = {**said}
    for code in languages:
        words[code] = new.answers(code, offered) or {
            key: author_lines(given, f"answer.{new.id}.{key}.{code}") for key in offered
        }
    kept = [key for key in offered if any(part.get(key) for part in words.values())]
    gap = Gap(new.id, kind == TYPED, kept)
    return gap, _rule(given, gap), words


def _rule(given: Given, gap: Gap) -> dict[str, Any]:
    shares = {
        key: author_share(given, f"share.{gap.id}.{key}", 1 if gap.typed or at == 0 else 0)
        for at, key in enumerate(gap.answers)
    }
    rule: dict[str, Any] = {"shares": {key: share for key, share in shares.items() if share}}
    if gap.typed:
        rule["mode"] = mode_from(given, f"mode.{gap.id}")
    weight = author_number(given, f"weight.{gap.id}")
    return {**rule, "weight": weight} if weight not in (None, 1) else rule


def _texts(given: Given, language: str, gaps: list[str]) -> dict[str, Any]:
    return {
        "prompt": author_text(given, f"prompt.{language}"),
        "feedback": author_feedback(given, [*gaps, *OUTCOMES], language),
    }


def _whole(part: Mapping[str, Any], passages: Mapping[str, str], built: list[Built], language: str) -> dict[str, Any]:
    said = {gap.id: _said(gap, words, language) for gap, _rule_of_it, words in built}
    typed = {gap.id for gap, *_rest in built if gap.typed}
    known = {*OUTCOMES, *said}
    return {
        "prompt": part.get("prompt", ""),
        "passage": passages.get(language, ""),
        "accepted": {gap: answers for gap, answers in said.items() if gap in typed},
        "options": {
            gap: {key: " / ".join(lines) for key, lines in answers.items()}
            for gap, answers in said.items()
            if gap not in typed
        },
        "feedback": {key: text for key, text in mapping_of(part.get("feedback")).items() if key in known},
    }


def _said(gap: Gap, words: Words, language: str) -> dict[str, list[str]]:
    return {key: list(words.get(language, {}).get(key, ())) for key in gap.answers}
