"""The studio's form of a question that sorts items into groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import language as page_language
from lms.i18n import reader
from lms.quizzes.question_types.base import AuthorField, Content, Given
from lms.quizzes.question_types.parts import OUTCOMES, free_ids, outcome_fields, part_ids, partial_field, value_of
from lms.quizzes.question_types.reading import author_feedback, author_text, ids_of, languages_in, mapping_of

SPARE = 2
FIRST_ITEMS = 4


def fields(content: Content, languages: Sequence[str]) -> list[AuthorField]:
    """Groups and items, each with spare ones at the end."""
    groups = ids_of(content.structure.get("groups"))
    groups = [*groups, *free_ids(groups, SPARE - min(len(groups), 1))]
    items = part_ids(content.structure.get("items"))
    items = [*items, *free_ids(items, max(SPARE, FIRST_ITEMS - len(items)))]
    found = [
        AuthorField("groups", "", "hidden", tuple(groups)),
        AuthorField("items", "", "hidden", tuple(items)),
        partial_field(content.scoring),
    ]
    found += _group_fields(content, languages, groups)
    found += _item_fields(content, languages, items)
    return [*found, *_key_fields(content, groups, items)]


def _group_fields(content: Content, languages: Sequence[str], groups: list[str]) -> Iterator[AuthorField]:
    for code in languages:
        text = mapping_of(content.text.get(code))
        yield AuthorField(f"prompt.{code}", _("Question"), "text", (str(text.get("prompt", "")),), code)
        yield from outcome_fields(text, code)
        said = mapping_of(text.get("groups"))
        for at, key in enumerate(groups, 1):
            words = (str(said.get(key, "")),)
            yield AuthorField(f"group.{key}.{code}", _group_name(at), "line", words, code, group=f"groups.{key}")


def _group_name(at: int) -> str:
    return _("Group %(number)s", number=reader().number(at))


def _item_fields(content: Content, languages: Sequence[str], items: list[str]) -> Iterator[AuthorField]:
    for code in languages:
        text = mapping_of(content.text.get(code))
        said, feedback = mapping_of(text.get("items")), mapping_of(text.get("feedback"))
        for at, key in enumerate(items, 1):
            about = f"items.{key}"
            label, words = _("Item %(number)s", number=reader().number(at)), (str(said.get(key, "")),)
            yield AuthorField(f"item.{key}.{code}", label, "line", words, code, group=about)
            label, words = _("Feedback where this item is not right"), (str(feedback.get(key, "")),)
            yield AuthorField(f"feedback.{key}.{code}", label, "line", words, code, group=about)


def _key_fields(content: Content, groups: list[str], items: list[str]) -> Iterator[AuthorField]:
    said = mapping_of(content.text_in(page_language()).get("groups"))
    choices = tuple(
        (key, f"{_group_name(at)}: {said[key]}" if said.get(key) else _group_name(at))
        for at, key in enumerate(groups, 1)
    )
    key = mapping_of(content.scoring.get("groups"))
    for item in items:
        values = (str(key[item]),) if item in key else ()
        yield AuthorField(f"in.{item}", _("Belongs to"), "pick", values, choices=choices, group=f"items.{item}")


def content_from(given: Given, before: Content) -> Content:
    """The question that a form holds: groups and items that have words in some language."""
    groups = ids_of(list(given.get("groups", ()))) or ids_of(before.structure.get("groups"))
    items = part_ids(list(given.get("items", ()))) or part_ids(before.structure.get("items"))
    text = {**before.text, **{code: _texts(given, code, groups, items) for code in languages_in(given)}}
    groups, items = _said(text, "groups", groups), _said(text, "items", items)
    key = {item: value_of(given, f"in.{item}") for item in items}
    scoring: dict[str, Any] = {"groups": {item: group for item, group in key.items() if group in groups}}
    if not given.get("partial"):
        scoring["partial"] = False
    return Content(
        {"items": items, "groups": groups},
        scoring,
        {code: _only(part, groups, items) for code, part in text.items()},
    )


def _said(text: Mapping[str, Mapping[str, Any]], name: str, offered: list[str]) -> list[str]:
    return [key for key in offered if any(mapping_of(part.get(name)).get(key) for part in text.values())]


def _texts(given: Given, language: str, groups: list[str], items: list[str]) -> dict[str, Any]:
    return {
        "prompt": author_text(given, f"prompt.{language}"),
        "items": {item: author_text(given, f"item.{item}.{language}") for item in items},
        "groups": {group: author_text(given, f"group.{group}.{language}") for group in groups},
        "feedback": author_feedback(given, [*items, *OUTCOMES], language),
    }


def _only(part: Mapping[str, Any], groups: list[str], items: list[str]) -> dict[str, Any]:
    feedback = mapping_of(part.get("feedback"))
    return {
        **part,
        "items": {item: mapping_of(part.get("items")).get(item, "") for item in items},
        "groups": {group: mapping_of(part.get("groups")).get(group, "") for group in groups},
        "feedback": {key: said for key, said in feedback.items() if key in items or key in OUTCOMES},
    }
