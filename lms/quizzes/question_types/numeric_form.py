"""The studio's form of a numeric question."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import pgettext, reader
from lms.quizzes.question_types.base import AuthorField, Content, Given
from lms.quizzes.question_types.parts import free_ids, value_of
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

FEEDBACK = ["right", "wrong", "unit"]


def fields(content: Content, languages: Sequence[str]) -> list[AuthorField]:
    """The number, its tolerance, prompt and feedback; units with a spare one at the end."""
    units = ids_of(content.structure.get("units"))
    offered = [*units, *free_ids(units, 1)]
    found = [*_key_fields(content.scoring), AuthorField("units", "", "hidden", tuple(offered))]
    for language in languages:
        found += _language_fields(mapping_of(content.text.get(language)), language, offered)
    return [*found, *_unit_fields(content.scoring, offered)]


def _key_fields(scoring: Mapping[str, Any]) -> Iterator[AuthorField]:
    kinds = (
        ("absolute", _("a number, to be added and taken away")),
        ("relative", _("a share of the answer; 0.05 is a twentieth of it")),
    )
    kind = "relative" if scoring.get("relative") else "absolute"
    yield AuthorField("answer", _("Right answer"), "number", _written(scoring.get("answer")))
    yield AuthorField("tolerance", _("Tolerance"), "number", _written(scoring.get("tolerance", 0)))
    yield AuthorField("relative", _("The tolerance is"), "one", (kind,), choices=kinds)
    for name, label in (
        ("unit_missing", _("Share of the mark for a right number without its unit")),
        ("unit_wrong", _("Share of the mark for a right number with a wrong unit")),
    ):
        yield AuthorField(name, label, "number", _written(scoring.get(name, 0)))


def _written(number: Any) -> tuple[str, ...]:
    return (f"{Decimal(str(number)):f}",) if isinstance(number, int | float) else ()


def _language_fields(text: Mapping[str, Any], language: str, units: list[str]) -> Iterator[AuthorField]:
    feedback, said = mapping_of(text.get("feedback")), mapping_of(text.get("units"))
    yield AuthorField(f"prompt.{language}", _("Question"), "text", (text.get("prompt", ""),), language)
    hint = _("It stands after whatever number is typed: choose words that go with all of them, such as “of the goals”.")
    label, unit = _("Unit shown beside the field"), (text.get("unit", ""),)
    yield AuthorField(f"unit.{language}", label, "line", unit, language, hint=hint)
    for name, label, value in (
        ("feedback.right", _("Feedback when right"), feedback.get("right", "")),
        ("feedback.wrong", _("Feedback when not right"), feedback.get("wrong", "")),
        ("feedback.unit", _("Feedback when only the unit is not right"), feedback.get("unit", "")),
    ):
        yield AuthorField(f"{name}.{language}", label, "line", (value,), language)
    for at, key in enumerate(units, 1):
        heading = _("Unit %(number)s, to be written with the number", number=reader().number(at))
        label, words = _("Its spellings, one a line"), ("\n".join(said.get(key, ())),)
        name, about = f"words.{key}.{language}", f"units.{key}"
        yield AuthorField(name, label, "lines", words, language, group=about, heading=heading)


def _unit_fields(scoring: Mapping[str, Any], units: list[str]) -> Iterator[AuthorField]:
    factors = mapping_of(scoring.get("units"))
    for at, key in enumerate(units, 1):
        label = pgettext("of a unit", "Factor: the number is multiplied by it")
        factor = _written(factors.get(key, 1 if at == 1 else None))
        yield AuthorField(f"factor.{key}", label, "number", factor, group=f"units.{key}")


def content_from(given: Given, before: Content) -> Content:
    """The question that a form holds; units that have words in some language."""
    offered = ids_of(list(given.get("units", ()))) or ids_of(before.structure.get("units"))
    text = {**before.text, **{code: _texts(given, code, offered) for code in languages_in(given)}}
    units = [key for key in offered if any(mapping_of(part.get("units")).get(key) for part in text.values())]
    return Content(
        {"units": units} if units else {},
        _scoring(given, units),
        {code: _only(part, units) for code, part in text.items()},
    )


def _scoring(given: Given, units: list[str]) -> dict[str, Any]:
    numbers = {name: author_number(given, name) for name in ("answer", "tolerance")}
    scoring: dict[str, Any] = {name: number for name, number in numbers.items() if number is not None}
    if value_of(given, "relative") == "relative":
        scoring["relative"] = True
    if units:
        factors = {key: author_number(given, f"factor.{key}") for key in units}
        scoring["units"] = {key: factor for key, factor in factors.items() if factor is not None}
        shares = {name: author_share(given, name, 0) for name in ("unit_missing", "unit_wrong")}
        scoring |= {name: share for name, share in shares.items() if share}
    return scoring


def _texts(given: Given, language: str, units: list[str]) -> dict[str, Any]:
    unit = author_text(given, f"unit.{language}")
    return {
        "prompt": author_text(given, f"prompt.{language}"),
        **({"unit": unit} if unit else {}),
        "units": {key: author_lines(given, f"words.{key}.{language}") for key in units},
        "feedback": author_feedback(given, FEEDBACK, language),
    }


def _only(part: Mapping[str, Any], units: list[str]) -> dict[str, Any]:
    said = {key: mapping_of(part.get("units")).get(key, []) for key in units}
    rest = {name: value for name, value in part.items() if name != "units"}
    return {**rest, "units": said} if units else rest
