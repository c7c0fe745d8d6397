"""The studio's form of a short text question."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import pgettext
from lms.quizzes.question_types.base import AuthorField, Content, Given
from lms.quizzes.question_types.comparing import MODES
from lms.quizzes.question_types.naming import letters_of
from lms.quizzes.question_types.reading import (
    author_feedback,
    author_lines,
    author_share,
    author_text,
    ids_of,
    languages_in,
    mapping_of,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def fields(content: Content, languages: Sequence[str]) -> list[AuthorField]:
    """The fields of a question, with one empty accepted answer at the end."""
    accepted = ids_of(content.structure.get("accepted"))
    accepted = [*accepted, next(letter for letter in LETTERS if letter not in accepted)]
    rules = mapping_of(content.scoring.get("accepted"))
    shown = [AuthorField("accepted", "", "hidden", tuple(accepted))]
    for key, letter in letters_of(accepted).items():
        shown += _rule_fields(key, letter, mapping_of(rules.get(key, {"share": 1})))
    for language in languages:
        shown += _language_fields(mapping_of(content.text.get(language)), language, accepted)
    return shown


def _rule_fields(key: str, letter: str, rule: Mapping[str, Any]) -> list[AuthorField]:
    share = (str(rule.get("share", 1)),)
    return [
        AuthorField(f"share.{key}", _("Share of the mark for answer %(id)s", id=letter), "number", share),
        mode_field(f"mode.{key}", _("How answer %(id)s is compared", id=letter), rule),
    ]


def mode_field(name: str, label: str, rule: Mapping[str, Any], group: str = "") -> AuthorField:
    """How typed words are compared with accepted ones."""
    modes = {
        "exact": pgettext("comparing", "Letter for letter"),
        "folded": pgettext("comparing", "In any usual spelling"),
        "compact": pgettext("comparing", "In any spelling, without spaces and punctuation"),
    }
    mode = str(rule.get("mode", "folded"))
    return AuthorField(name, label, "one" if not group else "pick", (mode,), choices=tuple(modes.items()), group=group)


def _language_fields(text: Mapping[str, Any], language: str, accepted: list[str]) -> list[AuthorField]:
    words, feedback = mapping_of(text.get("accepted")), mapping_of(text.get("feedback"))
    rows = [("prompt", _("Question"), "text", str(text.get("prompt", "")))]
    for key, letter in letters_of(accepted).items():
        rows += [
            (
                f"accepted.{key}",
                _("Answer %(id)s, a spelling a line", id=letter),
                "lines",
                "\n".join(words.get(key, ())),
            ),
            (f"feedback.{key}", _("Feedback on answer %(id)s", id=letter), "text", feedback.get(key, "")),
        ]
    rows.append(("feedback.other", _("Feedback on any other answer"), "text", feedback.get("other", "")))
    return [AuthorField(f"{name}.{language}", label, kind, (value,), language) for name, label, kind, value in rows]


def content_from(given: Given, before: Content) -> Content:
    """The question that a form holds: accepted answers that have words in some language."""
    offered = ids_of(list(given.get("accepted", ()))) or ids_of(before.structure.get("accepted"))
    text = {**before.text, **{language: _language_from(given, language, offered) for language in languages_in(given)}}
    kept = [key for key in offered if any(mapping_of(part.get("accepted")).get(key) for part in text.values())]
    rules = {
        key: {"share": author_share(given, f"share.{key}", 1), "mode": mode_from(given, f"mode.{key}")} for key in kept
    }
    return Content({"accepted": kept}, {"accepted": rules}, {code: _only(part, kept) for code, part in text.items()})


def _language_from(given: Given, language: str, offered: list[str]) -> dict[str, Any]:
    return {
        "prompt": author_text(given, f"prompt.{language}"),
        "accepted": {key: author_lines(given, f"accepted.{key}.{language}") for key in offered},
        "feedback": author_feedback(given, [*offered, "other"], language),
    }


def _only(part: Mapping[str, Any], kept: list[str]) -> dict[str, Any]:
    def of(name: str, keys: list[str]) -> dict[str, Any]:
        return {key: value for key, value in mapping_of(part.get(name)).items() if key in keys}

    return {**part, "accepted": of("accepted", kept), "feedback": of("feedback", [*kept, "other"])}


def mode_from(given: Given, name: str) -> str:
    """The way of comparing that a form holds."""
    mode = next(iter(given.get(name, ())), "folded")
    return mode if mode in MODES else "folded"
