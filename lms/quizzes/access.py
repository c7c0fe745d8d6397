"""Who may take a quiz: features above this one say when a module is not open to a person."""

from collections.abc import Callable
from datetime import datetime

from lms.quizzes.published import QuizPlace

Gate = Callable[[int, int], bool]
EntryGate = Callable[[int, QuizPlace, datetime | None], bool]
_gates: list[Gate] = []
_entry_gates: list[EntryGate] = []


def register_gate(gate: Gate) -> None:
    """Have `gate(person_id, module_id)` asked before a quiz of the module is shown; all must say yes."""
    if gate not in _gates:
        _gates.append(gate)


def is_open_to(person_id: int, module_id: int) -> bool:
    """Whether the module's quizzes are open to the person."""
    return all(gate(person_id, module_id) for gate in _gates)


def register_entry_gate(gate: EntryGate) -> None:
    """Have `gate(person_id, other, until)` asked before an entry quiz that is compared with `other` is begun, and, of
    the time when it was submitted, whether that was before the lessons; all must say yes."""
    if gate not in _entry_gates:
        _entry_gates.append(gate)


def is_before_lessons(person_id: int, other: QuizPlace, until: datetime | None = None) -> bool:
    """Whether the person has not learned anything of the module yet, nor begun the quiz after its lessons; of `until`:
    whether she had not by then."""
    return all(gate(person_id, other, until) for gate in _entry_gates)
