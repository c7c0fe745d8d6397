"""What a form or a script sends to be saved."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.quizzes.asked import Asked, asked_in
from lms.quizzes.certainty import LEVELS
from lms.quizzes.models import Attempt
from lms.quizzes.queries import AnswerSlot
from lms.quizzes.question_types import Answer, Given, type_of
from lms.quizzes.services.saving import ClientKey
from lms.quizzes.services.saving_forms import FormAnswer, save_form_answers
from lms.quizzes.shown import digest_of

FIELD = re.compile(r"q([0-9]{1,3})\.([a-z0-9-]{1,40})")
WAS = "was"
"""The part of a question's fields that says which answer its page was shown with."""
CERTAINTY = "certainty"
"""The part that says how certain she is of her answer."""
MOST_PARTS = 60
MOST_VALUES = 100


@dataclass(frozen=True)
class Filled:
    """One question of a form that was sent."""

    position: int
    slot: AnswerSlot
    given: Given
    answer: Answer | None
    #: Whether she changed it on that page, to something that the server does not have yet.
    changed: bool
    error: str = ""
    certainty: int | None = None


def read_form(form: "MultiDict[str, str]", attempt: Attempt) -> list[Filled]:
    """The questions of an attempt that a form holds; those that its page did not show are left alone."""
    fields: dict[int, dict[str, list[str]]] = {}
    for name in form:
        found = FIELD.fullmatch(name)
        if found:
            fields.setdefault(int(found[1]), {})[found[2]] = form.getlist(name)
    shown = [
        question
        for question in asked_in(attempt.id)
        if WAS in fields.get(question.position, {}) and type_of(question.question_version.type).takes_form
    ]
    return [_filled(attempt, question, fields[question.position]) for question in shown]


def _filled(attempt: Attempt, question: Asked, fields: Mapping[str, list[str]]) -> Filled:
    asked = question.question_version
    # Plain values: rows are forgotten when the transaction that saves begins.
    slot = AnswerSlot(
        question.id,
        attempt.id,
        attempt.person_id,
        attempt.state,
        attempt.closes_at,
        asked.type,
        asked.structure,
        question.checked_at,
    )
    given = {part: values for part, values in fields.items() if part not in (WAS, CERTAINTY)}
    try:
        answer = type_of(asked.type).read_answer(asked.structure, given)
    except DomainError as error:
        return Filled(question.position, slot, given, None, changed=False, error=error.message)
    certainty = certainty_in(fields) if answer is not None else None
    stored = digest_of(question.answer, question.certainty)
    changed = digest_of(answer, certainty) not in (fields[WAS][0], stored)
    return Filled(question.position, slot, given, answer, changed, certainty=certainty)


def certainty_in(fields: Given) -> int | None:
    """How certain she says that she is; None where she says nothing."""
    said = next(iter(fields.get(CERTAINTY, ())), "")
    return next((level for level in LEVELS if said == str(level)), None)


def save_form(filled: Sequence[Filled], client_uid: str, device: str, language: str, now: datetime) -> None:
    """Save what was changed on the page. Raises as `save_response` does."""
    answers = [
        FormAnswer(one.slot, one.answer, ClientKey(client_uid, one.position, device), one.certainty)
        for one in filled
        if one.changed
    ]
    save_form_answers(answers, language, now)


def answer_to(slot: AnswerSlot, given: Given) -> Answer | None:
    """The answer that a script sends. Raises DomainError where it cannot be read, or does not come this way."""
    kind = type_of(slot.type)
    if not kind.takes_form:
        raise DomainError(_("This answer could not be read."))
    return kind.read_answer(slot.structure, given)


@dataclass(frozen=True)
class Sent:
    """What a script sends: {"given": {"answer": ["a"]}, "client": "…", "sequence": 4}."""

    given: Given
    key: ClientKey
    certainty: int | None = None

    @classmethod
    def read(cls, value: Any, device: str) -> "Sent":
        """Read the JSON of a request. Raises DomainError for anything else."""
        value = value if isinstance(value, dict) else {}
        given, client, sequence = (value.get(name) for name in ("given", "client", "sequence"))
        if not _is_given(given) or not isinstance(client, str) or type(sequence) is not int:
            raise DomainError(_("This answer could not be read."))
        parts = {part: values for part, values in given.items() if part != CERTAINTY}
        return cls(parts, ClientKey(client, sequence, device), certainty_in(given))


def _is_given(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and len(given) <= MOST_PARTS
        and all(isinstance(values, list) and len(values) <= MOST_VALUES for values in given.values())
        and all(isinstance(value, str) for values in given.values() for value in values)
    )
