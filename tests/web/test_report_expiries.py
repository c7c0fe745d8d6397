"""Coming expiries: which certificates stand in the report, in which state, and in which order."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.boards.queries.certification import Wanted, organizations_by_state
from lms.certification.defaults import DEFAULT_SCHEME
from lms.certification.models import Award, Credential, Cycle
from lms.certification.services import follow, revoke, submit, suspend
from lms.clock import now, today
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Membership, Network, NetworkMembership
from lms.reports.queries.expiries import Expiry, ExpiryQuery, Months, expiries, months_of
from tests.certification import certified, level_rule, make_scheme, move_dates
from tests.conftest import LANGUAGES
from tests.factories import add, make_network, make_organization
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import make_admin
from tests.verdicts import Case, awarded, make_case

DAY = timedelta(days=1)


def address(network: Network, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/expiries{end}"


def credential_of(cycle: Cycle) -> Credential:
    """What the organization can show of it."""
    return db.session.scalars(select(Credential).join(Award).where(Award.cycle_id == cycle.id)).one()


def ask(network: Network, days: int = 90, **query: Any) -> Sequence[Expiry]:
    """What the report gives."""
    return expiries(ExpiryQuery(network.id, today(), days, **query), "en", None).items


@pytest.mark.parametrize(
    ("ends_in", "found"), [(-61, ""), (-60, "grace"), (-1, "grace"), (0, "due"), (90, "due"), (91, "")]
)
def test_certificates_that_end_soon_or_are_in_grace_are_listed(app: Flask, ends_in: int, found: str) -> None:
    network = make_network()
    make_scheme(network)
    certified(make_organization(network), network, today() + ends_in * DAY)
    assert [each.phase.value for each in ask(network)] == [found] * bool(found)
    far = ask(network, 365)
    assert [each.phase.value for each in far] == ([found or "valid"] if ends_in >= -60 else [])
    assert all(each.renewal is None and not each.at_risk for each in far)


def test_the_board_lists_the_same(app: Flask) -> None:
    network = make_network()
    make_scheme(network)
    for ends_in in (-70, -61, -60, -3, 0, 1, 30, 89, 90, 91, 200):
        certified(make_organization(network), network, today() + ends_in * DAY)
    # A certificate that was renewed says nothing any more.
    renewed = make_organization(network)
    for ends_in in (10, 710):
        certified(renewed, network, today() + ends_in * DAY)
    board = organizations_by_state(network.id, Wanted(soon=True), day=today(), language="en")
    listed = {each.organization.public_id for each in board.items}
    assert listed == {each.public_id for each in ask(network) if each.expires_on >= today()}
    assert len(listed) == 5


def test_what_becomes_of_a_certificate(app: Flask) -> None:
    case = make_case()
    awarded(case)
    move_dates(700)
    [row] = ask(case.network)
    assert (row.public_id, row.renewal, row.at_risk) == (case.organization.public_id, None, False)
    with write_unit():
        follow(case.organization.id, case.network.id, now())
    assert ask(case.network)[0].renewal == "in_progress"
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    assert ask(case.network)[0].renewal == "submitted"
    with write_unit() as session:
        for membership in session.scalars(select(Membership).where(Membership.organization_id == case.organization.id)):
            membership.ends_on = today()
        follow(case.organization.id, case.network.id, now())
    assert ask(case.network)[0].at_risk


def test_what_was_suspended_or_revoked_or_has_left_is_not_listed(app: Flask) -> None:
    cases: dict[str, Case] = {"suspended": make_case()}
    network = cases["suspended"].network
    cases |= {state: make_case(network) for state in ("revoked", "left")}
    for case in cases.values():
        awarded(case)
    move_dates(700)
    assert len(ask(network)) == 3
    with write_unit() as session:
        suspend(cases["suspended"].cycle, "Why.", actor_id=cases["suspended"].admin.id, now=now())
        revoke(credential_of(cases["revoked"].cycle), "Why.", actor_id=cases["revoked"].admin.id, now=now())
        link = select(NetworkMembership).where(NetworkMembership.organization_id == cases["left"].organization.id)
        session.scalars(link).one().ends_on = today()
    assert not ask(network)


def network_of_many() -> Network:
    """Organizations from three countries, certificates of two levels; one ends years later."""
    network = make_network()
    make_scheme(network, DEFAULT_SCHEME)
    for name, country, ends_in, position in (
        ("Ceiba", "IR", 5, 2),
        ("Acacia", "BH", 70, 1),
        ("Birch", "IR", 40, 1),
        ("Dogwood", "LB", 1000, 1),
    ):
        organization = make_organization(network, names={"en": name}, country=country)
        certified(organization, network, today() + ends_in * DAY, position)
    return network


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "Ceiba Birch Acacia"),
        ("?sort=-end", "Acacia Birch Ceiba"),
        ("?sort=name", "Acacia Birch Ceiba"),
        ("?sort=-name", "Ceiba Birch Acacia"),
        ("?sort=level", "Birch Acacia Ceiba"),
        ("?sort=-level", "Ceiba Birch Acacia"),
        ("?sort=nonsense", "Ceiba Birch Acacia"),
        ("?within=30", "Ceiba"),
        ("?within=180&country=IR", "Ceiba Birch"),
        ("?within=any", "Ceiba Birch Acacia Dogwood"),
        ("?level=LOWEST&sort=name", "Acacia Birch"),
        ("?level=LOWEST&country=BH", "Acacia"),
        ("?page=7", "Ceiba Birch Acacia"),
    ],
)
def test_page_and_files_show_what_was_asked_for(client: PageClient, query: str, names: str) -> None:
    network = network_of_many()
    query = query.replace("LOWEST", str(level_rule(network, 1).level_id))
    client.sign_in(make_admin(network))
    page = client.get(address(network, query, "en")).text
    places = [page.index(f">{name}<") for name in names.split()]
    assert places == sorted(places)
    assert page.count("days left") == len(places)
    told = json.loads(client.get(address(network, f"/json{query}", "en")).data)
    assert [row["organization"] for row in told["rows"]] == names.split()
    assert told["rows_expected"] == told["rows_written"] == len(places)
    table = list(csv.reader(io.StringIO(client.get(address(network, f"/csv{query}", "en")).text)))
    assert [row[0] for row in table[1 : table.index([])]] == names.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_in_the_readers_language(client: PageClient, language: str) -> None:
    network = make_network()
    make_scheme(network)
    organization = make_organization(network, country="IR")
    certified(organization, network, today() - 3 * DAY)
    client.sign_in(make_admin(network))
    page = client.get(address(network, language=language)).text
    assert f'href="/{language}/organizations/{organization.public_id}"' in page
    [row] = json.loads(client.get(address(network, "/json", language)).data)["rows"]
    assert row["organization"] == organization.names[language]
    assert row["ends"] == (today() - 3 * DAY).isoformat()
    assert row["awarded"] <= row["ends"]
    assert ("awarded_jalali" in row) == (language == "fa")
    assert row["grace"] == (today() + 57 * DAY).isoformat()
    assert ("ends_jalali" in row) == (language == "fa")
    assert row["days"] is None
    for file_format, begins in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(address(network, f"/{file_format}", language)).data.startswith(begins)


def test_months_are_of_the_readers_calendar(app: Flask) -> None:
    network = make_network()
    make_scheme(network)
    for ends in (date(2026, 3, 1), date(2026, 3, 20), date(2026, 3, 21), date(2026, 4, 2)):
        certified(make_organization(network), network, ends)
    query = ExpiryQuery(network.id, date(2026, 3, 10), 90)
    with reading_as(Formatter("fa")):
        assert months_of(query) == Months(1, {date(2026, 2, 20): 1, date(2026, 3, 21): 2})
    with reading_as(Formatter("en")):
        assert months_of(query) == Months(1, {date(2026, 3, 1): 2, date(2026, 4, 1): 1})


def test_a_bad_filter_is_refused_at_its_field(client: PageClient) -> None:
    network = make_network()
    client.sign_in(make_admin(network))
    for query in ("?within=7", "?level=9999", "?country=ZZ"):
        assert 'class="error"' in client.get(address(network, query), 422).text
        client.get(address(network, f"/csv{query}"), 404)


def test_nothing_ends(client: PageClient) -> None:
    network = make_network()
    client.sign_in(make_admin(network))
    assert "No certificate ends in these days." in client.get(address(network, language="en")).text
    told = json.loads(client.get(address(network, "/json")).data)
    assert told["rows"] == []


def test_many_are_shown_a_page_at_a_time_and_cost_no_more(client: PageClient) -> None:
    network = make_network()
    make_scheme(network)
    client.sign_in(make_admin(network))

    def more(organizations: int) -> int:
        for _number in range(organizations):
            certified(make_organization(network), network, today() + 9 * DAY)
        with counted_statements() as seen:
            client.get(address(network))
        return len(seen)

    assert more(2) == more(26)
    second = client.get(address(network, "?page=2&sort=name", "en")).text
    assert second.count("9 days left") == 3
    assert "sort=name" in second.split('class="pages"')[-1]


def test_another_networks_certificates_are_not_listed(app: Flask) -> None:
    network, other = make_network(), make_network()
    make_scheme(network)
    make_scheme(other)
    organization = make_organization(network)
    add(NetworkMembership(network_id=other.id, organization_id=organization.id, starts_on=date(2020, 1, 1)))
    certified(organization, other, today() + DAY)
    assert not ask(network)
    assert len(ask(other)) == 1
