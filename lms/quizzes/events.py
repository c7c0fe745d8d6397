"""What quizzes tell the rest."""

from dataclasses import dataclass
from typing import ClassVar

from lms.events import Event


@dataclass(frozen=True)
class AttemptStarted(Event):
    """A person began an attempt at a quiz."""

    name: ClassVar[str] = "attempt_started"

    attempt_id: int
    person_id: int
    module_id: int
    version_id: int
    quiz_key: str


@dataclass(frozen=True)
class AttemptSubmitted(Event):
    """An attempt was submitted, or closed when its time was up, and some of its answers wait for a grader."""

    name: ClassVar[str] = "attempt_submitted"

    attempt_id: int
    person_id: int
    module_id: int
    version_id: int
    quiz_key: str


@dataclass(frozen=True)
class AttemptGraded(Event):
    """All of an attempt is graded: at once when it was submitted, or when the last grader was done; again where its
    mark changes afterwards (`again`). `fraction` is the share of the mark. `at_once`: nobody waited for a grader.
    `compared`: what a module taught may follow from it, as an entry quiz is compared with another one by it.
    """

    name: ClassVar[str] = "attempt_graded"

    attempt_id: int
    person_id: int
    module_id: int
    version_id: int
    quiz_key: str
    passed: bool
    fraction: float
    again: bool = False
    at_once: bool = False
    compared: bool = False


@dataclass(frozen=True)
class AllowanceGiven(Event):
    """A person or a cohort was allowed more at a module's quizzes (`quiz_key`: at one of them)."""

    name: ClassVar[str] = "allowance_given"

    allowance_id: int
    module_id: int
    quiz_key: str
    person_id: int | None
    cohort_id: int | None


@dataclass(frozen=True)
class AllowanceEnded(Event):
    """It is given no more."""

    name: ClassVar[str] = "allowance_ended"

    allowance_id: int
    module_id: int
    person_id: int | None
    cohort_id: int | None
