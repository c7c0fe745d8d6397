"""The studio's form of an ordering question."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.question_types.base import AuthorField, Content, Given
from lms.quizzes.question_types.parts import OUTCOMES, free_ids, outcome_fields, part_ids, value_of
from lms.quizzes.question_types.reading import author_feedback, author_text, languages_in, mapping_of

SPARE_ITEMS = 2
FIRST_ITEMS = 4


def fields(content: Content, languages: Sequence[str]) -> list[AuthorField]:
    """The items in their right order, with spare ones at the end."""
    items = _in_order(content)
    items = [*items, *free_ids(items, max(SPARE_ITEMS, FIRST_ITEMS - len(items)))]
    found = [AuthorField("items", "", "hidden", tuple(items)), _credit_field(content.scoring)]
    for language in languages:
        text = mapping_of(content.text.get(language))
        said = mapping_of(text.get("items"))
        found.append(AuthorField(f"prompt.{language}", _("Question"), "text", (str(text.get("prompt", "")),), language))
        found += outcome_fields(text, language)
        found += [
            AuthorField(
                f"item.{item}.{language}",
                _("Place %(number)s", number=reader().number(at)),
                "line",
                (str(said.get(item, "")),),
                language,
                group=f"items.{item}",
            )
            for at, item in enumerate(items, 1)
        ]
    return found


def _credit_field(scoring: Mapping[str, Any]) -> AuthorField:
    choices = (
        ("position", _("A share for each item in its right place")),
        ("adjacent", _("A share for each item that follows the right one")),
        ("exact", _("All or nothing")),
    )
    credit = str(scoring.get("credit", "position"))
    return AuthorField("credit", _("What a partly right order is worth"), "one", (credit,), choices=choices)


def _in_order(content: Content) -> list[str]:
    """All items: those of the order, then any that it forgot."""
    items = part_ids(content.structure.get("items"))
    order = [item for item in part_ids(content.scoring.get("order")) if item in items]
    return [*order, *(item for item in items if item not in order)]


def content_from(given: Given, before: Content) -> Content:
    """The question that a form holds: items of which something was written.

    Items stand in the structure as they did, so that another order is another key and not another question.
    """
    offered = part_ids(list(given.get("items", ()))) or _in_order(before)
    text = {**before.text, **{code: _texts(given, code, offered) for code in languages_in(given)}}
    order = [item for item in offered if any(mapping_of(part.get("items")).get(item) for part in text.values())]
    known = part_ids(before.structure.get("items"))
    items = [item for item in known if item in order] + [item for item in order if item not in known]
    scoring = {"order": order, "credit": value_of(given, "credit") or "position"}
    return Content({"items": items}, scoring, {code: _only(part, order) for code, part in text.items()})


def _texts(given: Given, language: str, offered: list[str]) -> dict[str, Any]:
    return {
        "prompt": author_text(given, f"prompt.{language}"),
        "items": {item: author_text(given, f"item.{item}.{language}") for item in offered},
        "feedback": author_feedback(given, OUTCOMES, language),
    }


def _only(part: Mapping[str, Any], kept: list[str]) -> dict[str, Any]:
    return {**part, "items": {item: mapping_of(part.get("items")).get(item, "") for item in kept}}
