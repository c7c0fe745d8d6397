"""From invitation to completion: what is counted, page and files against a look at every row."""

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from lms.accounts.models import Person
from lms.accounts.services.erasing import erase_person
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Invitation, Membership, Network, NetworkMembership, Organization
from lms.organizations.services import Invited, invite, join, open_shared_link, return_member
from lms.organizations.services.members import end_membership
from lms.progress.models import Enrolment, ModuleCompletion
from lms.reports.counters import differences
from lms.reports.counters.models import WAIT_COUNTER, Wait
from lms.reports.counters.waits import counted_as
from lms.reports.queries.modules import modules_of
from lms.reports.queries.waits import WaitQuery, waits_of
from lms.training.models import Module, ModuleVersion
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import LONG_AGO, make_member, make_network, make_organization, make_person
from tests.histories import History
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import begin, make_admin

DAY = timedelta(days=1)
THEN = datetime(2026, 3, 20, 21, tzinfo=UTC)


def address(network: Network, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/time-to-complete{end}"


def kept(network: Network) -> "dict[str, Counter[int]]":
    """Part of the way to days to people, of all modules of a network."""
    found: dict[str, Counter[int]] = {wait.value: Counter() for wait in Wait}
    for row in db.session.execute(select(WAIT_COUNTER).where(WAIT_COUNTER.c.network_id == network.id)):
        found[row.wait][row.days] += row.change
    return {wait: +days for wait, days in found.items()}


def by_hand(network: Network) -> "Counter[tuple[int, int]]":
    """Module and days from where they begin to the first completion, by looking at every row."""
    zone, found = ZoneInfo(network.time_zone), Counter[tuple[int, int]]()
    first: dict[tuple[int, int], datetime] = {}
    for fact in db.session.scalars(select(ModuleCompletion)):
        key = fact.person_id, fact.module_id
        first[key] = min(first.get(key, fact.occurred_at), fact.occurred_at)
    for (person, module), at in first.items():
        day = at.astimezone(zone).date()
        starts = [
            max(came, _linked_since(network, organization, day), _published(module, at, zone))
            for organization, came in _seats(person, day, zone).items()
            if _is_linked(network, organization, day)
        ]
        if starts:
            found[module, counted_as(max(0, (day - min(starts)).days))] += 1
    return found


def _seats(person: int, day: date, zone: ZoneInfo) -> dict[int, date]:
    """Organizations that somebody belongs to on a day, and when she came."""
    query = select(Membership).where(Membership.person_id == person, Membership.confirmed_at.is_not(None))
    mine = list(db.session.scalars(query))
    return {
        each.organization_id: _came(
            max(
                (other for other in mine if other.organization_id == each.organization_id and other.starts_on <= day),
                key=lambda other: (other.starts_on, other.confirmed_at),
            ),
            zone,
        )
        for each in mine
        if each.covers(day)
    }


def _came(member: Membership, zone: ZoneInfo) -> date:
    assert member.confirmed_at
    joined = member.starts_on
    if member.confirmed_at.date() == joined:
        joined = member.confirmed_at.astimezone(zone).date()
    return min(joined, member.invited_at.astimezone(zone).date()) if member.invited_at else joined


def _is_linked(network: Network, organization: int, day: date) -> bool:
    query = select(NetworkMembership).where(
        NetworkMembership.network_id == network.id, NetworkMembership.organization_id == organization
    )
    return any(link.covers(day) for link in db.session.scalars(query))


def _linked_since(network: Network, organization: int, day: date) -> date:
    if not _is_linked(network, organization, day):
        return day
    while day > LONG_AGO and _is_linked(network, organization, day - DAY):
        day -= DAY
    return day


def _published(module: int, at: datetime, zone: ZoneInfo) -> date:
    first = db.session.scalars(
        select(ModuleVersion.published_at).where(ModuleVersion.module_id == module, ModuleVersion.number == 1)
    ).one()
    return first.astimezone(zone).date() if first <= at else LONG_AGO


@pytest.mark.parametrize("seed", range(3))
def test_every_number_is_what_counting_by_hand_gives(app: Flask, seed: int) -> None:
    history = History(Random(seed)).happen(120)
    for network in history.networks:
        right = by_hand(network)
        assert right
        found: Counter[tuple[int, int]] = Counter()
        for each in db.session.execute(select(WAIT_COUNTER).where(WAIT_COUNTER.c.network_id == network.id)):
            if each.wait == Wait.WHOLE:
                found[each.module_id, each.days] += each.change
        assert found == right
        for row in waits_of(WaitQuery(network.id, network.threshold, tuple(modules_of(network.id)), None)):
            whole = sum(number for (module, _days), number in right.items() if module == row.module.id)
            assert row.people == (None if 0 < whole < network.threshold else whole)


def joins_by(link: Invitation, person: Person) -> Membership:
    """She follows a link."""
    with write_unit() as session:
        return join(session.get_one(Invitation, link.id), session.get_one(Person, person.id), now=now())


def make_link(organization: Organization, by: Person) -> Invitation:
    """A link for one."""
    with write_unit() as session:
        return invite(session.get_one(Organization, organization.id), Invited(), actor_id=by.id, now=now())


def rows_of(client: PageClient, network: Network, module: Module) -> dict[str, Any]:
    """What the file says of a module."""
    told = json.loads(client.get(address(network, f"/json?module={module.public_id}", "en")).data)
    [row] = told["rows"]
    found: dict[str, Any] = row
    return found


def test_the_parts_of_a_way(app: Flask) -> None:
    network, module = make_network(), make_module()
    organization, manager, person = make_organization(network), make_person(), make_person()
    with time_machine.travel(THEN, tick=False) as clock:
        link = make_link(organization, manager)
        for days, deed in ((3, "joins"), (5, "begins"), (20, "completes")):
            clock.shift(days * DAY)
            if deed == "joins":
                joins_by(link, person)
            elif deed == "begins":
                begin(person, module)
            else:
                complete(person, module)
    assert kept(network) == {"whole": {28: 1}, "joined": {3: 1}, "begun": {5: 1}, "completed": {20: 1}}
    assert not list(differences())


def test_who_was_not_invited_is_counted_from_joining(app: Flask) -> None:
    network, module = make_network(), make_module()
    organization, manager, person = make_organization(network), make_person(), make_person()
    with time_machine.travel(THEN, tick=False) as clock:
        with write_unit() as session:
            place = session.get_one(Organization, organization.id)
            link = open_shared_link(place, language="fa", days=30, most=9, actor_id=manager.id, now=now())
        clock.shift(4 * DAY)
        waiting = joins_by(link, person)
        assert waiting.confirmed_at is None
        clock.shift(2 * DAY)
        # A link of her own comes while she waits: it lets her in, and is what she was invited by.
        own = make_link(organization, manager)
        clock.shift(DAY)
        assert joins_by(own, person).invited_at == THEN + 6 * DAY
        complete(person, module)
        make_member(organization, person := make_person(), starts_on=now().date())
        clock.shift(9 * DAY)
        complete(person, module)
    assert kept(network)["whole"] == {1: 1, 9: 1}
    assert kept(network)["joined"] == {1: 1}


def test_a_later_link_changes_nothing_for_a_member(app: Flask) -> None:
    organization, person = make_organization(make_network()), make_person()
    make_member(organization, person, starts_on=LONG_AGO)
    assert joins_by(make_link(organization, person), person).invited_at is None


def test_days_begin_when_the_network_has_the_organization_and_the_module(app: Flask) -> None:
    network = make_network()
    late = make_organization()
    with write_unit() as session:
        session.add(NetworkMembership(network_id=network.id, organization_id=late.id, starts_on=date(2026, 3, 1)))
    with time_machine.travel(datetime(2026, 3, 8, 9, tzinfo=UTC), tick=False):
        old, new = make_module(), make_module()
        with write_unit() as session:
            for module, day in ((old, 1), (new, 6)):
                version = session.get_one(ModuleVersion, session.get_one(Module, module.id).current_version_id)
                version.published_at = datetime(2026, 1 if module is old else 3, day, 9, tzinfo=UTC)
        person = make_member(late, starts_on=date(2026, 1, 5))
        complete(person, old)
        complete(person, new)
        begin(person, new)
    assert kept(network)["whole"] == {7: 1, 2: 1}


def test_a_person_counts_once_and_stays_when_she_is_erased(app: Flask) -> None:
    network, module = make_network(), make_module()
    organization = make_organization(network)
    person = make_member(organization, starts_on=date(2026, 3, 1))
    complete(person, module, datetime(2026, 3, 11, 9, tzinfo=UTC))
    version = ModuleVersion(
        module_id=module.id, number=2, manifest={}, content_hash="1" * 64, tree={}, published_at=now()
    )
    with write_unit() as session:
        session.add(version)
        session.flush()
        session.get_one(Module, module.id).current_version_id = version.id
    complete(person, module, datetime(2026, 8, 11, 9, tzinfo=UTC))
    with write_unit() as session:
        erase_person(session.get_one(Person, person.id), now())
    assert kept(network)["whole"] == {10: 1}
    assert not list(differences())


def test_who_comes_back_is_counted_from_then(app: Flask) -> None:
    network, module = make_network(), make_module()
    organization, manager = make_organization(network), make_person()
    with time_machine.travel(THEN, tick=False) as clock:
        person = make_member(organization, starts_on=LONG_AGO)
        with write_unit() as session:
            membership = session.scalars(select(Membership)).one()
            end_membership(membership, actor_id=manager.id, now=now())
        clock.shift(20 * DAY)
        with write_unit() as session:
            membership = return_member(session.scalars(select(Membership)).one(), actor_id=manager.id, now=now())
        clock.shift(6 * DAY)
        complete(person, module)
    assert kept(network)["whole"] == {6: 1}


@pytest.mark.parametrize(
    ("days", "counted"), [(0, 0), (1, 1), (359, 359), (360, 389), (389, 389), (390, 419), (1000, 1019)]
)
def test_a_year_of_days_is_exact(days: int, counted: int) -> None:
    assert counted_as(days) == counted


def fill(network: Network, module: Module, days: list[int]) -> None:
    """As many people as days, each of whom took so many."""
    organization, end = make_organization(network), datetime(2026, 6, 1, 9, tzinfo=UTC)
    for each in days:
        complete(make_member(organization, starts_on=end.date() - each * DAY), module, end)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_files_say_the_same(client: PageClient, language: str) -> None:
    network, module, other, third = make_network(threshold=2), make_module(), make_module(), make_module()
    module_ids = [each.id for each in modules_of(network.id)]
    fill(network, module, [0, 3, 5, 12, 12, 14, 20, 40, 400, 400])
    fill(network, third, [1, 2, 2, 3])
    client.sign_in(make_admin(network))
    page = client.get(address(network, language=language))
    assert 'id="waits-t"' in page.text
    told = json.loads(client.get(address(network, "/json", language)).data)
    assert told["rows_expected"] == told["rows_written"] == len(told["rows"]) == len(module_ids)
    row, empty = (told["rows"][module_ids.index(each.id)] for each in (module, other))
    assert (row["people"], row["days_25"], row["days_50"], row["days_75"]) == (10, 5, 12, 40)
    assert (row["within_7"], row["within_30"], row["within_90"]) == (0.25, 0.5, 0.75)
    assert (row["days_90"], row["half_joined"]) == ("hidden", None)
    assert {key for key, value in empty.items() if value is not None} == {"module", "people"}
    assert client.get(address(network, "/xlsx", language)).data.startswith(b"PK")
    assert client.get(address(network, "/pdf", language)).data.startswith(b"%PDF")
    chosen = client.get(address(network, f"?module={module.public_id}", language)).text
    assert f"{other.titles[language]}</th>" not in chosen
    assert 'id="waits-t"' not in chosen, "one bar says what its row says"
    table = list(csv.reader(io.StringIO(client.get(address(network, f"/csv?module={module.public_id}")).text)))
    assert table.index([]) == 2


def test_one_module_is_told_in_a_sentence(client: PageClient) -> None:
    network, module, fast = make_network(threshold=1), make_module(), make_module()
    fill(network, module, [12, 12, 13])
    fill(network, fast, [0])
    client.sign_in(make_admin(network))
    title = module.titles["en"]
    page = client.get(address(network, f"?module={module.public_id}", "en")).text
    assert f"Half of the people completed “{title}” within 12 days of their invitation." in page
    page = client.get(address(network, f"?module={fast.public_id}", "en")).text
    assert "on the day of their invitation" in page
    assert "Half of the people" not in client.get(address(network, language="en")).text
    assert 'class="error"' in client.get(address(network, "?module=nothing", "en"), 422).text
    client.get(address(network, "/csv?module=nothing"), 404)


def test_few_people_are_hidden(client: PageClient) -> None:
    network, module = make_network(threshold=5), make_module()
    fill(network, module, [1, 2, 3, 4])
    client.sign_in(make_admin(network))
    for people in (4, 9, 10):
        fill(network, module, [30] * (people - len(db.session.scalars(select(ModuleCompletion)).all())))
        row = rows_of(client, network, module)
        assert row["people"] == (people if people >= 5 else "hidden")
        assert row["days_50"] == (30 if people >= 10 else "hidden")
        assert row["days_25"] == row["days_75"] == "hidden"
        page = client.get(address(network, language="en")).text
        assert ("30 days" in page) == (people >= 10)
        assert '"num">hidden</td>' in page


def test_nothing_yet(client: PageClient) -> None:
    network = make_network()
    client.sign_in(make_admin(network))
    page = client.get(address(network, language="en")).text
    assert "hidden</td>" not in page
    assert 'id="waits-t"' not in page
    with write_unit() as session:
        session.execute(update(Module).values(archived_at=now()))
    assert "No module is published yet." in client.get(address(network, language="en")).text
    client.get(address(network, "/csv"))


def test_statements_do_not_grow(client: PageClient) -> None:
    network = make_network(threshold=1)
    client.sign_in(make_admin(network))

    def more() -> int:
        fill(network, make_module(), [1, 2, 3])
        with counted_statements() as seen:
            client.get(address(network))
        return len(seen)

    assert more() == more()


def test_begun_elsewhere_before_she_came_has_no_parts(app: Flask) -> None:
    network, module = make_network(), make_module()
    organization, person = make_organization(network), make_person()
    with write_unit() as session:
        version_id = session.get_one(Module, module.id).current_version_id
        session.add(
            Enrolment(person_id=person.id, module_id=module.id, version_id=version_id, occurred_at=THEN, last_at=THEN)
        )
    make_member(organization, person, starts_on=date(2026, 4, 1))
    complete(person, module, datetime(2026, 4, 6, 9, tzinfo=UTC))
    assert kept(network) == {"whole": {5: 1}, "joined": {}, "begun": {}, "completed": {}}
