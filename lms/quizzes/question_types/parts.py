"""What the types have in common whose answer has several parts: items to be placed, gaps to be filled."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.quizzes.question_types.base import AuthorField, Fault, Given
from lms.quizzes.question_types.reading import ids_of, mapping_of

OUTCOMES = ["right", "partly", "wrong"]
"""The keys of feedback on the whole answer."""
RESERVED = {*OUTCOMES, "was"}
"""What no part may be called: keys of feedback, and the field that says which answer a page was shown with."""
MOST_PARTS = 40


def part_ids(value: Any) -> list[str]:
    """`value` where it is a list of ids that parts may have, else an empty list."""
    ids = ids_of(value)
    return [] if RESERVED.intersection(ids) or len(ids) > MOST_PARTS else ids


def share_of(
    parts: Mapping[str, float], scoring: Mapping[str, Any], weights: Mapping[str, float] | None = None
) -> float:
    """The share of the mark for parts worth a share each: weighed, or all or nothing where `partial` is false."""
    if all(share == 1 for share in parts.values()):
        return 1.0
    if scoring.get("partial") is False:
        return 0.0
    weights = weights or {}
    whole = sum(weights.get(part, 1) for part in parts)
    return float(sum(share * weights.get(part, 1) for part, share in parts.items()) / whole)


def feedback_of(fraction: float, parts: Mapping[str, bool]) -> tuple[str, ...]:
    """The keys of the feedback to show: on the whole, then on each part that is not right."""
    outcome = OUTCOMES[0 if fraction == 1 else 1 if fraction > 0 else 2]
    return (outcome, *(part for part, right in parts.items() if not right))


def partial_faults(scoring: Mapping[str, Any]) -> Iterator[Fault]:
    """`partial` that is neither true nor false."""
    if not isinstance(scoring.get("partial", True), bool):
        yield Fault("scoring.partial", _("Say with true or false whether a partly right answer gets a share."))


def missing_texts(
    text: Mapping[str, Any], language: str, name: str, keys: Sequence[str], message: str
) -> Iterator[Fault]:
    """Those of `keys` that have no words in a language's part `name`."""
    said = mapping_of(text.get(name))
    for key in keys:
        if not isinstance(said.get(key), str) or not said[key].strip():
            yield Fault(f"text.{language}.{name}.{key}", message)


def value_of(given: Given, part: str) -> str:
    """The one value of a part of a form."""
    return next(iter(given.get(part, ())), "")


def free_ids(taken: Sequence[str], many: int) -> list[str]:
    """Ids that are not taken: letters, then letters with a number."""
    found = (f"{letter}{turn or ''}" for turn in range(9) for letter in "abcdefghijklmnopqrstuvwxyz")
    return [key for key, _at in zip((key for key in found if key not in taken), range(many), strict=False)]


def outcome_fields(text: Mapping[str, Any], language: str) -> list[AuthorField]:
    """The studio's fields for feedback on the whole answer."""
    said = mapping_of(text.get("feedback"))
    labels = (_("Feedback when all is right"), _("Feedback when partly right"), _("Feedback when nothing is right"))
    return [
        AuthorField(f"feedback.{key}.{language}", label, "line", (str(said.get(key, "")),), language)
        for key, label in zip(OUTCOMES, labels, strict=True)
    ]


def partial_field(scoring: Mapping[str, Any]) -> AuthorField:
    """Whether a partly right answer is worth something."""
    values = () if scoring.get("partial") is False else ("yes",)
    return AuthorField("partial", _("Give a share of the mark for a partly right answer"), "check", values)
