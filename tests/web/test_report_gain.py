"""Before and after: page and files against a look at every row, and what is hidden."""

import csv
import io
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network, Organization
from lms.reports.queries.gains import GainRow, gains_of, row_of
from lms.training.models import Module
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization
from tests.gains import gain, learn, make_compared
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import begin, make_admin

HIDDEN = {"fa": "پنهان", "ar": "محجوب", "en": "hidden"}
Pairs = Sequence[tuple[int, int]]


def address(network: Network, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/gain{end}"


def people_with(organization: Organization, module: Module, pairs: Pairs) -> list[Person]:
    """Somebody for each pair of thousandths."""
    people = [make_member(organization) for _pair in pairs]
    with write_unit():
        for person, pair in zip(people, pairs, strict=True):
            gain(person.id, module.id, *pair)
    return people


def others(organization: Organization, module: Module, number: int) -> None:
    """People who began the module and left its entry quiz out."""
    for _number in range(number):
        begin(make_member(organization), module)


def row(network: Network, module: Module) -> GainRow:
    """A module in the report; the one of the kit that ships stands there too."""
    return next(each for each in gains_of(network, now()) if each.titles == module.titles)


def test_the_numbers_are_those_of_the_people(client: PageClient) -> None:
    network, module = make_network(threshold=2), make_compared()
    organization = make_organization(network)
    learn(make_member(organization), module, 1, 3)
    learn(make_member(organization), module, 2, 5)
    others(organization, module, 3)
    # Beside them somebody who has left, and somebody of another network.
    people_with(make_organization(make_network()), module, [(0, 0)])
    learn(make_member(organization, ends_on=now().date()), module, 0, 0)
    found = row(network, module)
    assert (found.people, found.before, found.after) == (2, 30, 80)
    assert (found.difference, found.gain) == (50, 0.71)


def test_people_of_two_organizations_count_once(client: PageClient) -> None:
    network, module = make_network(threshold=1), make_compared()
    first, second = make_organization(network), make_organization(network)
    (person,) = people_with(first, module, [(400, 600)])
    make_member(second, person)
    found = row(network, module)
    assert (found.people, found.before, found.after) == (1, 40, 60)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(0, 1000, (100, 1.0)), (1000, 1000, (0, None)), (600, 400, (-20, -0.5)), (1000, 700, (-30, None))],
)
def test_gain_is_the_share_of_what_was_missing(before: int, after: int, expected: tuple[int, float | None]) -> None:
    counted = {"compared": 3, "before": 3 * before, "after": 3 * after, "begun": 0, "completed": 0}
    found = row_of({}, counted, 1)
    assert (found.difference, found.gain) == expected


@pytest.mark.parametrize(("pairs", "left"), [(2, 5), (5, 2), (5, 0), (5, 5), (0, 4)])
def test_small_groups_and_small_rests_are_hidden(client: PageClient, pairs: int, left: int) -> None:
    network, module = make_network(threshold=3), make_compared()
    organization = make_organization(network)
    for person in people_with(organization, module, [(200, 600)] * pairs):
        begin(person, module)
    others(organization, module, left)
    found = row(network, module)
    assert (found.before is None) == (pairs < 3)
    assert (found.people is None) == (0 < pairs < 3 or 0 < left < 3)
    assert found.is_hidden == (0 < pairs < 3)


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), max_size=12),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_what_is_shown_tells_no_small_group(pairs: Pairs, begun: int, completed: int) -> None:
    counted = {
        "compared": len(pairs),
        "before": sum(before for before, _after in pairs),
        "after": sum(after for _before, after in pairs),
        "begun": begun,
        "completed": completed,
    }
    found = row_of({}, counted, 5)
    assert (found.before is None) == (len(pairs) < 5)
    if found.people is not None:
        assert found.people == len(pairs)
        assert not any(0 < abs(found.people - known) < 5 for known in (0, begun, completed))
    if found.before is not None and found.after is not None:
        assert abs(found.before - counted["before"] / len(pairs) / 10) <= 0.5
        assert abs(found.after - counted["after"] / len(pairs) / 10) <= 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_files_say_the_same(client: PageClient, language: str) -> None:
    network, module, few = make_network(threshold=3), make_compared(), make_compared()
    organization = make_organization(network)
    people_with(organization, module, [(200, 600), (400, 800), (0, 500)])
    people_with(organization, few, [(100, 900)])
    client.sign_in(make_admin(network))
    page = client.get(address(network, "", language)).text
    assert "<svg" in page
    assert HIDDEN[language] in page
    text = client.get(address(network, "/csv", language)).get_data(as_text=True).removeprefix("\ufeff")
    table = list(csv.reader(io.StringIO(text)))
    hidden = HIDDEN[language]
    rows = [row[1:] for row in table[1 : table.index([])]]
    assert rows == [["0", "", "", "", ""], ["3", "0.2", "0.63", "43", "0.54"], [hidden] * 5]
    made = json.loads(client.get(address(network, "/json", language)).get_data(as_text=True))
    assert [each["gain"] for each in made["rows"]] == [None, 0.54, "hidden"]
    assert client.get(address(network, "/xlsx", language)).data.startswith(b"PK")
    assert client.get(address(network, "/pdf", language)).data.startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_entry_quiz_the_page_says_how_to_get_one(client: PageClient, language: str) -> None:
    network = make_network()
    with write_unit() as session:
        session.execute(update(Module).values(archived_at=now()))
    client.sign_in(make_admin(network))
    assert 'class="empty"' in client.get(address(network, "", language)).text
    client.get(address(network, "/pdf", language))


def test_a_module_whose_quiz_nobody_answered_stands_there(client: PageClient) -> None:
    network, module = make_network(), make_compared()
    client.sign_in(make_admin(network))
    page = client.get(address(network)).text
    assert module.titles["fa"] in page
    assert 'role="img"' not in page


def test_statements_do_not_grow(client: PageClient) -> None:
    network = make_network()
    organization = make_organization(network)
    client.sign_in(make_admin(network))

    def more() -> int:
        people_with(organization, make_compared(), [(200, 600)] * 3)
        db.session.rollback()
        with counted_statements() as seen:
            client.get(address(network))
        return len(seen)

    assert more() == more()
