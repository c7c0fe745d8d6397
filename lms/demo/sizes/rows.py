"""Rows of a sized demonstration's people, as they are stored: memberships, and what was learned."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from lms.accounts.models import Person
from lms.demo.sizes.curriculum import Course
from lms.demo.sizes.keys import Keys
from lms.demo.sizes.naming import person_name
from lms.demo.sizes.places import COUNTRIES
from lms.demo.sizes.shape import Size
from lms.demo.sizes.ways import Step, way
from lms.organizations.models import Membership
from lms.progress.models import Enrolment, Gain, LessonCompletion, ModuleCompletion
from lms.quizzes.models import Source

#: Shares of the memberships and of the people.
UNCONFIRMED, ENDED, ERASED, IN_TWO = 0.03, 0.06, 0.005, 0.02
#: How many join with their organization, and within how many days.
AT_FIRST, AT_FIRST_DAYS = 0.55, 60
#: How many came by a link of their own, and how many days it lay at most.
INVITED, LAY_DAYS = 0.8, 20
#: How many leave an entry quiz out; in thousandths of its mark what others get, as often as they stand here.
LEAVES_ENTRY_OUT, BEFORE_LESSONS = 0.2, (0, 200, 200, 400, 400, 400, 600, 600, 800)
#: In the order in which they are stored.
STORED = (Person, Membership, Enrolment, LessonCompletion, ModuleCompletion, Gain)
_SOURCE = Source.ONLINE.value
_LANGUAGES = {
    country.code: tuple(code for code, weight in country.languages.items() for _each in range(weight))
    for country in COUNTRIES
}
#: What an erased person's row keeps nothing of (`lms.accounts.services.erasing`).
_NAMELESS: dict[str, Any] = {
    "sign_in_name": "",
    "sign_in_key": None,
    "display_name": "",
    "sort_key": "",
    "country": None,
}


@dataclass(frozen=True)
class Place:
    """An organization, as its people need it."""

    id: int
    country: str
    since: datetime


@dataclass
class Crowd:
    """Makes people, one after another."""

    size: Size
    courses: Sequence[Course]
    places: Sequence[Place]
    #: What the id of each is greater by than her number, and the instant before which all happened.
    offset: int
    until: datetime
    #: How many people there are already.
    made: int
    rows: dict[type, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.chance = self.size.chance("people")
        self.lying = self.size.chance("links")
        self.gaining = self.size.chance("gains")
        self.keys = Keys(self.size.chance("keys"), self.until - timedelta(days=1))

    def add(self, place: Place, *, stays: bool) -> int:
        """Make somebody of an organization, with her rows; gives her id. Who stays is confirmed, named, and there."""
        self.made += 1
        person_id, chance = self.offset + self.made, self.chance
        language = _pick(_LANGUAGES[place.country], chance)
        joined = self._joined(place)
        fate = 1.0 if stays else chance.random()
        ended = self._between(joined) if fate < ENDED else None
        erased = ended if fate < ERASED else None
        confirmed = None if ENDED <= fate < ENDED + UNCONFIRMED else joined + timedelta(hours=chance.randrange(1, 40))
        self._person(person_id, place, language, joined, erased)
        self._membership(person_id, place, joined, confirmed, ended, erased)
        if confirmed is not None:
            self.rows[Membership][-1]["invited_at"] = self._invited(place, joined)
        if confirmed is not None and ended is None and chance.random() < IN_TWO:
            self._elsewhere(person_id, place, joined)
        if confirmed is not None:
            self._learn(person_id, place, language, joined, ended or self.until)
        return person_id

    def taken(self) -> dict[type, list[dict[str, Any]]]:
        """The rows made since they were taken last, by model, in the order in which they are to be stored."""
        rows, self.rows = self.rows, defaultdict(list)
        return {model: rows[model] for model in STORED}

    def _joined(self, place: Place) -> datetime:
        if self.chance.random() < AT_FIRST:
            soon = place.since + timedelta(days=self.chance.random() * AT_FIRST_DAYS)
            return min(soon, self.until - timedelta(days=2))
        return self._between(place.since)

    def _invited(self, place: Place, joined: datetime) -> datetime | None:
        """When she was invited who joined then; None for who came by a link for many."""
        if self.lying.random() >= INVITED:
            return None
        return max(place.since, joined - timedelta(days=self.lying.random() ** 3 * LAY_DAYS))

    def _between(self, since: datetime) -> datetime:
        """Some time from then to the day before yesterday."""
        return since + (self.until - timedelta(days=2) - since) * self.chance.random()

    def _person(self, id_: int, place: Place, language: str, at: datetime, erased: datetime | None) -> None:
        name, key = person_name(language, place.country, self.chance)
        sign_in_name = self.size.sign_in_name(self.made)
        named = {
            "sign_in_name": sign_in_name,
            "sign_in_key": sign_in_name,
            "display_name": name,
            "sort_key": key,
            "country": place.country,
        }
        self.rows[Person].append(
            {
                "id": id_,
                "uid": self.keys.uid(),
                "public_id": self.keys.public_id(),
                **(_NAMELESS if erased else named),
                "language": language,
                "created_at": at,
                "erased_at": erased,
            }
        )

    def _membership(
        self,
        person_id: int,
        place: Place,
        at: datetime,
        confirmed: datetime | None,
        ended: datetime | None,
        erased: datetime | None = None,
    ) -> None:
        self.rows[Membership].append(
            {
                "public_id": self.keys.public_id(),
                "person_id": person_id,
                "organization_id": place.id,
                "starts_on": at.date(),
                "ends_on": ended.date() if ended else None,
                "ended_by_id": person_id if erased else None,
                "invited_at": None,
                "confirmed_at": confirmed,
                "created_at": at,
            }
        )

    def _elsewhere(self, person_id: int, place: Place, joined: datetime) -> None:
        """Make her a member of another organization too."""
        other = _pick(self.places, self.chance)
        if other.id != place.id:
            at = self._between(max(joined, other.since))
            self._membership(person_id, other, at, at + timedelta(hours=5), None)

    def _learn(self, person_id: int, place: Place, language: str, since: datetime, until: datetime) -> None:
        for step in way(
            self.courses,
            since=since,
            until=until,
            language=language,
            keeps_new_year=place.country in ("IR", "AF", "TJ"),
            chance=self.chance,
        ):
            self._store(person_id, step)

    def _store(self, person_id: int, step: Step) -> None:
        course = step.course
        self.rows[Enrolment].append(
            {
                **self._fact(person_id, step.begun),
                "module_id": course.module_id,
                "version_id": course.version_id,
                "last_place": _last_place(step),
                "last_at": step.last,
            }
        )
        self.rows[LessonCompletion].extend(self._read(person_id, step))
        if step.lessons is None:
            self.rows[ModuleCompletion].append(
                {
                    **self._fact(person_id, step.last),
                    "module_id": course.module_id,
                    "version_id": course.version_id,
                    "edition_id": course.version_id,
                    "language": step.language,
                    "score": step.score,
                }
            )
            if course.has_entry and self.gaining.random() > LEAVES_ENTRY_OUT:
                self._gain(person_id, step)

    def _gain(self, person_id: int, step: Step) -> None:
        """What she knew before the lessons and after them."""
        knew = int(self.gaining.random() * len(BEFORE_LESSONS))
        self.rows[Gain].append(
            {
                **self._fact(person_id, step.last),
                "module_id": step.course.module_id,
                "edition_id": step.course.version_id,
                "before": BEFORE_LESSONS[knew],
                "after": round(1000 * (step.score or 0)),
            }
        )

    def _read(self, person_id: int, step: Step) -> Iterator[dict[str, Any]]:
        """The lessons of a module that is under way; of a completed one its completion alone is kept."""
        read = step.course.lessons[: step.lessons or 0]
        for number, key in enumerate(read, 1):
            yield {
                **self._fact(person_id, step.begun + (step.last - step.begun) * (number / len(read))),
                "module_id": step.course.module_id,
                "version_id": step.course.version_id,
                "lesson_key": key,
                "language": step.language,
            }

    def _fact(self, person_id: int, at: datetime) -> dict[str, Any]:
        return {
            "uid": self.keys.uid(),
            "person_id": person_id,
            "occurred_at": at,
            "recorded_at": at,
            "source": _SOURCE,
        }


def _pick(among: Sequence[Any], chance: Random) -> Any:
    return among[int(chance.random() * len(among))]


def _last_place(step: Step) -> str:
    """Where she was last: in the lesson after those that she read, or at the end."""
    course = step.course
    if step.lessons is not None:
        return f"lesson/{course.lessons[step.lessons]}"
    return f"quiz/{course.quiz}" if course.quiz else f"lesson/{course.lessons[-1]}"
