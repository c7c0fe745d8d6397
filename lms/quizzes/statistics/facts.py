"""What of a graded attempt is counted: plain numbers and the keys of its answers, kept so that it can be taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.quizzes.statistics import buckets

BLANK = ""
"""The key of no answer."""


@dataclass(frozen=True)
class Answered:
    """A question of an attempt, as it was stored."""

    version_id: int
    mark: float
    #: None: its answers are worth nothing.
    fraction: float | None
    saved_at: datetime | None
    #: What the answer counts for in its type's summary; nothing where she answered, but with what is not known.
    keys: Sequence[str]


@dataclass(frozen=True)
class OfQuestion:
    """What is counted of a question: shares by `buckets`; None: not marked, or a time that is not known."""

    version_id: int
    #: In hundredths.
    mark: int
    share: int | None
    rest: int | None
    time: int | None
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What is counted of an attempt."""

    language: str
    first: bool
    passed: bool
    #: Of the whole mark; None where the quiz has none.
    share: int | None
    stratum: int
    time: int | None
    questions: tuple[OfQuestion, ...]

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        rows = [[q.version_id, q.mark, q.share, q.rest, q.time, list(q.keys)] for q in self.questions]
        return {
            "language": self.language,
            "first": self.first,
            "passed": self.passed,
            "share": self.share,
            "stratum": self.stratum,
            "time": self.time,
            "questions": rows,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Facts":
        """From what was kept."""
        rows = tuple(_row(*row) for row in kept["questions"])
        return cls(**{**kept, "questions": rows})


def _row(
    version_id: int, mark: int, share: int | None, rest: int | None, time: int | None, keys: list[str]
) -> OfQuestion:
    return OfQuestion(version_id, mark, share, rest, time, tuple(keys))


def facts_of(
    *,
    language: str,
    number: int,
    passed: bool,
    mark: float,
    max_mark: float,
    started_at: datetime,
    submitted_at: datetime,
    questions: Sequence[Answered],
) -> Facts:
    """What is counted of an attempt, from what was stored of it."""
    whole = mark / max_mark if max_mark else None
    times = _times(started_at, [question.saved_at for question in questions])
    worth = sum(question.mark * (question.fraction or 0) for question in questions)
    return Facts(
        language=language,
        first=number == 1,
        passed=passed,
        share=buckets.share(whole) if whole is not None else None,
        stratum=buckets.stratum(whole or 0),
        time=buckets.time((submitted_at - started_at).total_seconds(), buckets.LONGEST_ATTEMPT),
        questions=tuple(
            _of_question(question, worth, max_mark, time) for question, time in zip(questions, times, strict=True)
        ),
    )


def _of_question(asked: Answered, worth: float, max_mark: float, time: int | None) -> OfQuestion:
    others = max_mark - asked.mark
    counts = asked.fraction is not None and asked.mark > 0
    rest = (worth - asked.mark * (asked.fraction or 0)) / others if counts and others > 0 else 0.0
    return OfQuestion(
        version_id=asked.version_id,
        mark=round(asked.mark * 100),
        share=buckets.share(asked.fraction or 0) if counts else None,
        rest=buckets.rest(rest) if counts else None,
        time=time,
        keys=tuple(dict.fromkeys(key[: buckets.LONGEST_KEY] for key in asked.keys)),
    )


def _times(started_at: datetime, saved: Sequence[datetime | None]) -> Iterator[int | None]:
    """How long each answer took: since the one saved before it, or the start; not known of those that came together."""
    known = sorted(at for at in saved if at is not None)
    before = dict(zip(known, [started_at, *known], strict=False))
    for at in saved:
        if at is None or known.count(at) > 1:
            yield None
        else:
            yield buckets.time((at - before[at]).total_seconds(), buckets.LONGEST_ANSWER)
