"""Making a sized demonstration: the network and its modules by the product's own services, the many in bulk."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.accounts.names import sign_in_key
from lms.batches import batched
from lms.clock import now
from lms.db import db, write_unit
from lms.demo.learning import complete_modules, count_attempts, read_lessons
from lms.demo.sizes.curriculum import publish_courses
from lms.demo.sizes.following import follow_earlier, follow_now
from lms.demo.sizes.network import account, add_organizations, belong, found, managing
from lms.demo.sizes.progress import Progress
from lms.demo.sizes.rows import Crowd, Place
from lms.demo.sizes.shape import SIZES, Size
from lms.demo.sizes.storing import CACHE, USUAL_CACHE, count_on, keep_pages, learn_how_values_are_spread, store
from lms.reports.counters import recount, to_count

#: How far back the facts go, and when the network was founded before that.
PERIOD, BEFORE = timedelta(days=730), timedelta(days=30)
AT_ONCE = 2_000
"""People whose rows are stored in one transaction."""


def is_there(size: Size | None = None) -> bool:
    """Whether a demonstration of this size (None: of any) was stored whole. The last of its people tells."""
    last = [sign_in_key(each.sign_in_name(each.people)) for each in ([size] if size else SIZES.values())]
    return bool(db.session.scalar(select(func.count()).select_from(Person).where(Person.sign_in_key.in_(last))))


def load_size(size: Size, progress: Progress) -> None:
    """Make a demonstration of a size in a database where nobody is yet: the same one whenever it is made on a day.

    Killed in between, it is not there (`is_there`), and what it stored is to be thrown away.
    """
    until = datetime.combine(now().date(), time(), UTC)
    founded = until - PERIOD - BEFORE
    keep_pages(CACHE)
    network, people = found(founded)
    courses = publish_courses(network.id, founded)
    places = add_organizations(size, network, founded, until)
    belong(places[0], people)
    offset = max(each.id for each in people.values()) - len(people)
    crowd = Crowd(size, courses, places, offset, until, made=len(people))
    _fill(crowd, size.people - len(people), progress)
    follow_earlier(size, network, places, until, progress)
    for name in ("manager", "learner"):
        _learn(people[name], until)
    follow_now(network, places, now(), progress)
    count_attempts()
    with progress("Counters of the reports", to_count()) as done, _uncollected():
        recount(done)
    with write_unit():
        learn_how_values_are_spread()
    keep_pages(USUAL_CACHE)


def _fill(crowd: Crowd, people: int, progress: Progress) -> None:
    """Store so many people with all that is theirs."""
    with progress("People", people) as done, _uncollected():
        for some in batched(_seats(crowd.size, crowd.places, people), AT_ONCE):
            managing_ones = [
                managing(person_id, place)
                for place, is_manager, stays in some
                if (person_id := crowd.add(place, stays=stays)) and is_manager
            ]
            with write_unit() as session:
                for model, rows in crowd.taken().items():
                    store(model, rows)
                session.add_all(managing_ones)
                session.flush()
                count_on(Person)
            done(len(some))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that is made of rows lies in circles, and looking for some takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _seats(size: Size, places: Sequence[Place], people: int) -> Iterator[tuple[Place, bool, bool]]:
    """A place for each of so many people, whether she manages it, and whether she stays whatever comes: as managers do,
    and the last of all, by whom it is known that everybody is there."""
    counts = size.headcounts(people)
    for place, count in zip(places, counts, strict=True):
        for number in range(count):
            is_last = place is places[-1] and number == count - 1
            yield place, number == 0, number == 0 or is_last


def _learn(person: Person, until: datetime) -> None:
    """Two modules completed and one begun, by the services that learners use: with attempts and certificates."""
    known = replace(account(person.sign_in_name), modules=2, lessons=2)
    complete_modules(person.id, known, until - timedelta(days=120))
    read_lessons(person.id, known, until - timedelta(days=20))
