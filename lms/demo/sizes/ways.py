"""How people of a sized demonstration learn: how far they come, how fast, and where they stop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from lms.demo.sizes.curriculum import Course
from lms.formats.calendars import from_jalali

#: Share of the people who would complete each module, had they the time: fewer from one to the next.
SHARES = (0.84, 0.74, 0.65, 0.57, 0.50, 0.44, 0.38, 0.33, 0.28, 0.24, 0.21, 0.18)
#: Of those who stop, how many have begun the next module; and how many complete one in another language than hers.
BEGINS, OTHERWISE = 0.45, 0.06
#: Days from joining to the first module, from one to the next at least, and on average beside that.
BEFORE, LEAST, USUAL = 12.0, 4.0, 24.0
#: Of a quiz' mark, as often as they stand here.
SCORES = (0.5, 0.6, 0.7, 0.7, 0.75, 0.8, 0.8, 0.8, 0.85, 0.9, 0.9, 0.9, 0.95, 1.0, 1.0)
#: First and last day of Farvardin on which hardly anybody learns: the New Year.
HOLIDAYS = (1, 13)
STUDIES_ON_HOLIDAYS = 0.15
#: Languages that stand in for a language now and then.
OTHER = {"fa": "en", "ar": "en", "en": "ar"}


@dataclass(frozen=True, slots=True)
class Step:
    """A module on a person's way: completed, or stopped after so many lessons."""

    course: Course
    begun: datetime
    last: datetime
    language: str
    #: None: completed.
    lessons: int | None = None
    score: float | None = None


def way(
    courses: Sequence[Course], *, since: datetime, until: datetime, language: str, keeps_new_year: bool, chance: Random
) -> Iterator[Step]:
    """A person's modules in order, begun and completed between two instants."""
    drawn = chance.random()
    aim = sum(share > drawn for share in SHARES[: len(courses)])
    at = since + timedelta(days=chance.expovariate(1 / BEFORE), minutes=chance.randrange(600))
    for course in courses[:aim]:
        spoken = OTHER[language] if chance.random() < OTHERWISE else language
        at = _after_holidays(at, chance) if keeps_new_year else at
        begun, at = at, at + timedelta(days=LEAST + chance.expovariate(1 / USUAL))
        at = _after_holidays(at, chance) if keeps_new_year else at
        if at >= until:
            if begun < until:
                yield _stopped(course, begun, until, spoken, chance)
            return
        score = SCORES[int(chance.random() * len(SCORES))] if course.quiz else None
        yield Step(course, begun, at, spoken, score=score)
    begun = at + timedelta(days=chance.expovariate(1 / USUAL))
    if aim < len(courses) and begun < until and chance.random() < BEGINS:
        yield _stopped(courses[aim], begun, until, language, chance)


def _stopped(course: Course, begun: datetime, until: datetime, language: str, chance: Random) -> Step:
    last = min(until, begun + timedelta(days=1 + chance.expovariate(1 / USUAL)))
    return Step(course, begun, last, language, lessons=int(chance.random() * len(course.lessons)))


def _after_holidays(at: datetime, chance: Random) -> datetime:
    """Later, where it falls into the New Year's holidays and she does not learn then."""
    if at.month not in (3, 4):
        return at
    first, last = _new_year(at.year)
    if first <= at.date() <= last and chance.random() > STUDIES_ON_HOLIDAYS:
        return at + timedelta(days=(last - at.date()).days + 1)
    return at


@cache
def _new_year(year: int) -> tuple[date, date]:
    """The holidays that begin in a Gregorian year."""
    first, last = HOLIDAYS
    return from_jalali(year - 621, 1, first), from_jalali(year - 621, 1, last)
