"""What accounts ask about belonging. The organizations' room, which imports this one, gives the answers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, CompoundSelect

from lms.security.actor import Actor


class Belonging(Protocol):
    """The questions."""

    def actor_of(self, person_id: int) -> Actor:
        """The grants and confirmed memberships that are in force today."""

    def facts_of(self, person: ColumnElement[int]) -> CompoundSelect[Any]:
        """The rows from which `actor_from` makes an actor, on the day `:day`."""

    def actor_from(self, person_id: int, facts: Iterable[Any]) -> Actor:
        """The grants and confirmed memberships that rows of `facts_of` tell of."""

    def places_of(self, person_id: int, day: date) -> frozenset[int | None]:
        """Ids of the organizations of every membership, confirmed or not, and of every grant that has not ended
        on `day`; None stands for a network or the site."""

    def has_operator(self) -> bool:
        """Whether anybody operates the installation."""

    def make_operator(self, person_id: int, now: datetime) -> None:
        """Grant a person the installation."""


_answers: list[Belonging] = []


def answer_with(answers: Belonging) -> None:
    """Register who answers."""
    _answers[:] = [answers]


def belonging() -> Belonging:
    """Who answers."""
    return _answers[0]
