"""The studio's form of a matching question: pairs, whose matches have their own ids behind the page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import pgettext, reader
from lms.quizzes.question_types.base import AuthorField, Content, Given
from lms.quizzes.question_types.parts import (
    OUTCOMES,
    free_ids,
    outcome_fields,
    part_ids,
    partial_field,
)
from lms.quizzes.question_types.reading import author_feedback, author_text, ids_of, languages_in, mapping_of

SPARE_PAIRS = 2
FIRST_PAIRS = 4
Words = dict[str, str]
"""What a match says, by language; empty ones left out."""


def fields(content: Content, languages: Sequence[str]) -> list[AuthorField]:
    """A pair an item with spare ones at the end, then what goes with nothing."""
    items, matches, pairs = _parts(content)
    spare = max(SPARE_PAIRS, FIRST_PAIRS - len(items))
    items = [*items, *free_ids([*items, *matches], spare)]
    extras = [match for match in matches if match not in pairs.values()]
    extras = [*extras, *free_ids([*items, *matches], 1)]
    found = [
        AuthorField("items", "", "hidden", tuple(items)),
        AuthorField("extras", "", "hidden", tuple(extras)),
        partial_field(content.scoring),
    ]
    for language in languages:
        found += _language_fields(mapping_of(content.text.get(language)), language, items, extras, pairs)
    return found


def _parts(content: Content) -> tuple[list[str], list[str], Mapping[str, Any]]:
    structure, scoring = content.structure, content.scoring
    return part_ids(structure.get("items")), ids_of(structure.get("matches")), mapping_of(scoring.get("pairs"))


def _language_fields(
    text: Mapping[str, Any], language: str, items: list[str], extras: list[str], pairs: Mapping[str, Any]
) -> Iterator[AuthorField]:
    said, matches, feedback = (mapping_of(text.get(name)) for name in ("items", "matches", "feedback"))
    yield AuthorField(f"prompt.{language}", _("Question"), "text", (str(text.get("prompt", "")),), language)
    yield from outcome_fields(text, language)
    for at, item in enumerate(items, 1):
        heading = _("Pair %(number)s", number=reader().number(at))
        rows = (
            ("item", _("Item"), said.get(item, "")),
            ("match", _("What it goes with"), matches.get(pairs.get(item, ""), "")),
            ("feedback", _("Feedback where this item is not right"), feedback.get(item, "")),
        )
        for name, label, value in rows:
            words, about = (str(value),), f"items.{item}"
            yield AuthorField(f"{name}.{item}.{language}", label, "line", words, language, group=about, heading=heading)
    for at, match in enumerate(extras, 1):
        words, about = (str(matches.get(match, "")),), f"extras.{match}"
        heading = _("Goes with nothing, to mislead: %(number)s", number=reader().number(at))
        label = pgettext("of an item", "Match")
        yield AuthorField(f"extra.{match}.{language}", label, "line", words, language, group=about, heading=heading)


def content_from(given: Given, before: Content) -> Content:
    """The question that a form holds: pairs of which something was written."""
    old_items, old_matches, old_pairs = _parts(before)
    offered = part_ids(list(given.get("items", ()))) or old_items
    extras = ids_of(list(given.get("extras", ()))) or [
        match for match in old_matches if match not in old_pairs.values()
    ]
    languages = languages_in(given)

    def words(name: str, key: str, match: str) -> Words:
        kept = {code: str(mapping_of(part.get("matches")).get(match, "")) for code, part in before.text.items()}
        typed = {code: author_text(given, f"{name}.{key}.{code}") for code in languages}
        return {code: said for code, said in {**kept, **typed}.items() if said}

    said = {item: words("match", item, str(old_pairs.get(item, ""))) for item in offered}
    others = {match: words("extra", match, match) for match in extras}
    pairs, matches = _numbered(said, others, old_pairs)
    text = {**before.text, **{code: _texts(given, code, offered) for code in languages}}
    kept = [item for item in offered if item in pairs or any(_says(part, item) for part in text.values())]
    scoring: dict[str, Any] = {"pairs": {item: pairs[item] for item in kept if item in pairs}}
    if not given.get("partial"):
        scoring["partial"] = False
    return Content(
        {"items": kept, "matches": list(matches)},
        scoring,
        {code: _whole(part, kept, matches, code) for code, part in text.items()},
    )


def _numbered(
    said: Mapping[str, Words], others: Mapping[str, Words], before: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, Words]]:
    """The id of each item's match, and what each match says. A match keeps its id; the same words are one match."""
    pairs: dict[str, str] = {}
    matches: dict[str, Words] = {}
    reserved = {*others, *before.values()}
    for item, words in said.items():
        if not words:
            continue
        same = next((match for match, known in matches.items() if known == words), None)
        old = before.get(item)
        if same is None:
            same = old if old and old not in matches else free_ids([*matches, *reserved], 1)[0]
            matches[same] = words
        pairs[item] = same
    matches |= {match: words for match, words in others.items() if words and words not in matches.values()}
    return pairs, matches


def _texts(given: Given, language: str, offered: list[str]) -> dict[str, Any]:
    return {
        "prompt": author_text(given, f"prompt.{language}"),
        "items": {item: author_text(given, f"item.{item}.{language}") for item in offered},
        "feedback": author_feedback(given, [*offered, *OUTCOMES], language),
    }


def _says(part: Mapping[str, Any], item: str) -> bool:
    return bool(mapping_of(part.get("items")).get(item))


def _whole(part: Mapping[str, Any], kept: list[str], matches: Mapping[str, Words], language: str) -> dict[str, Any]:
    items, feedback = mapping_of(part.get("items")), mapping_of(part.get("feedback"))
    return {
        **part,
        "items": {item: items.get(item, "") for item in kept},
        "matches": {match: words.get(language, "") for match, words in matches.items()},
        "feedback": {key: said for key, said in feedback.items() if key in kept or key in OUTCOMES},
    }
