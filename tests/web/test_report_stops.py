"""Where learners stop: page and files against a look at every row, and what small groups hide."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network
from lms.progress.models import Enrolment, LessonCompletion
from lms.reports.queries.modules import modules_of
from lms.reports.queries.stops import Stops, hidden_parts, shown_on_the_way, stops_of
from lms.training.models import Module
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import add, make_member, make_network, make_organization
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import begin, make_admin

NUMBERS = st.integers(0, 30)
THRESHOLD = 5


def address(network: Network, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/stops{end}"


def read(person: Person, module: Module) -> None:
    """The module's lesson, read."""
    version_id = db.session.get_one(Module, module.id).current_version_id
    fact = {"person_id": person.id, "module_id": module.id, "version_id": version_id, "occurred_at": now()}
    add(LessonCompletion(lesson_key="one", language="fa", **fact))


def make_way(network: Network) -> Module:
    """Ten people begin: two stand still in the lesson, three read it and stand at the quiz, one of them still; four
    complete; one is somewhere else. Beside them somebody who has left, and somebody of another network."""
    module, organization = make_module(), make_organization(network)
    long_ago = now() - timedelta(days=15)
    ways = [("lesson/one#b", long_ago, 0)] * 2 + [("quiz/final", now(), 1)] * 2 + [("quiz/final", long_ago, 1)]
    ways += [("quiz/final", long_ago, 2)] * 4 + [("", now(), 0)]
    people = [make_member(organization) for _way in ways]
    for person, (place, at, done) in zip(people, ways, strict=True):
        _go(person, module, place, at, done)
    for other in (make_member(organization, ends_on=now().date()), make_member(make_organization(make_network()))):
        _go(other, module, "lesson/one", long_ago, 1)
    return module


def _go(person: Person, module: Module, place: str, at: datetime, done: int) -> None:
    enrolment = begin(person, module)
    with write_unit() as session:
        kept = session.get_one(Enrolment, enrolment.id)
        kept.last_place, kept.last_at = place, at
    if done:
        read(person, module)
    if done > 1:
        complete(person, module)


def asked(network: Network, module: Module) -> Stops:
    return stops_of(network, next(each for each in modules_of(network.id) if each.id == module.id), now())


def test_the_numbers_are_those_of_the_people(client: PageClient) -> None:
    network = make_network(threshold=1)
    found = asked(network, make_way(network))
    assert (found.begun, found.completed) == (10, 4)
    assert [(stop.kind, stop.done, stop.standing) for stop in found.stops] == [("lesson", 7, 2), ("quiz", 4, 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_files_hide_small_groups(client: PageClient, language: str) -> None:
    network = make_network(threshold=3)
    module = make_way(network)
    client.sign_in(make_admin(network))
    page = client.get(address(network, f"?module={module.public_id}", language))
    assert "<svg" in page.text
    hidden = {"fa": "پنهان", "ar": "محجوب", "en": "hidden"}[language]
    text = (
        client.get(address(network, f"/csv?module={module.public_id}", language))
        .get_data(as_text=True)
        .removeprefix("\ufeff")
    )
    table = list(csv.reader(io.StringIO(text)))
    rows = [row[1:] for row in table[1 : table.index([])]]
    # Two and one stand still, three go on: the three are hidden with them, and 7 is 3 from 10 and from 4.
    assert rows == [["10", ""], ["7", hidden], ["4", hidden], ["4", ""]]
    assert client.get(address(network, f"/xlsx?module={module.public_id}", language)).data.startswith(b"PK")


@given(st.lists(NUMBERS, max_size=6), NUMBERS, NUMBERS)
def test_no_two_numbers_of_a_way_are_near_each_other(numbers: list[int], begun: int, completed: int) -> None:
    known = [n for n in shown_on_the_way([begun, completed], numbers, THRESHOLD) if n is not None]
    for number in known:
        for other in (*known, begun, completed, 0):
            assert not 0 < abs(number - other) < THRESHOLD


@given(st.dictionaries(st.sampled_from("abcdef"), NUMBERS))
def test_hidden_parts_are_together_no_small_group(parts: dict[str, int]) -> None:
    gone = hidden_parts(parts, THRESHOLD)
    assert all(not 0 < number < THRESHOLD for key, number in parts.items() if key not in gone)
    if gone and sum(parts.values()) >= THRESHOLD:
        assert len(gone) > 1
        assert sum(parts[key] for key in gone) >= THRESHOLD


def test_statements_do_not_grow(client: PageClient) -> None:
    network = make_network()
    module, organization = make_module(), make_organization(network)
    client.sign_in(make_admin(network))

    def more() -> int:
        for _number in range(3):
            begin(make_member(organization), module)
        with counted_statements() as seen:
            client.get(address(network))
        return len(seen)

    assert more() == more()
