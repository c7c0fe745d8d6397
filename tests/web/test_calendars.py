"""Coming dates: as pages, and as a calendar that a phone subscribes to."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.privacy import exported
from lms.accounts.services.erasing import erase_person
from lms.accounts.sessions import token_hash
from lms.boards.models import CalendarLink
from lms.boards.months import MONTHS, coming_months, coming_span
from lms.boards.views import feeds
from lms.certification.services import extend, suspend
from lms.clock import now, today
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Grant, NetworkMembership
from lms.pace import Pace
from lms.security.actor import Role
from tests.certification import make_scheme, move_dates
from tests.conftest import LANGUAGES
from tests.factories import LONG_AGO, add, grant, make_member, make_network, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.verdicts import Case, awarded, make_case


def held(**values: object) -> Case:
    """An organization with a certificate that ends."""
    case = make_case(**values)  # type: ignore[arg-type]
    awarded(case)
    return case


def make_link(client: PageClient, page: str) -> str:
    """Press the button; gives the path of the feed."""
    answer = client.post(f"{page}/calendar/link", status=200)
    assert answer.headers["Cache-Control"] == "no-store"
    [address] = re.findall(r">http://localhost(/calendar/[^<]+)<", answer.text)
    return str(address)


def lines_of(client: PageClient, path: str) -> list[str]:
    """The feed's lines, unfolded."""
    answer = client.get(path)
    assert answer.mimetype == "text/calendar"
    return answer.get_data().replace(b"\r\n ", b"").decode().split("\r\n")


def days_in(lines: list[str]) -> list[str]:
    return [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_organization_sees_its_own_dates(client: PageClient, language: str) -> None:
    case = held()
    cycle = case.cycle
    assert cycle.window_opens_on
    assert cycle.grace_ends_on
    page = client.sign_in(case.manager).get(f"{case.board}/calendar".replace("/en/", f"/{language}/")).text
    shown = re.findall(r'<dt><time datetime="([-\d]+)"', page)
    assert shown == [day.isoformat() for day in (cycle.window_opens_on, cycle.expires_on, cycle.grace_ends_on) if day]
    assert case.organization.names["en"] not in held().board


def test_the_end_as_awarded_is_shown_once_it_is_another(client: PageClient) -> None:
    case = held()
    ends = case.cycle.expires_on
    assert ends is not None
    assert "Renewal due" not in client.sign_in(case.manager).get(f"{case.board}/calendar").text
    with write_unit():
        extend(case.cycle, ends + timedelta(days=30), "Flood.", actor_id=case.admin.id, now=now())
    page = client.get(f"{case.board}/calendar").text
    assert "Renewal due" in page
    assert ends.isoformat() in page


def test_what_is_suspended_or_renewed_or_past_does_not_come(client: PageClient) -> None:
    case = held()
    client.sign_in(case.manager)
    with write_unit():
        suspend(case.cycle, "Why.", actor_id=case.admin.id, now=now())
    assert "No date comes" in client.get(f"{case.board}/calendar").text
    renewed = held()
    move_dates(700)
    first = renewed.cycle
    from lms.certification.services import follow

    with write_unit():
        follow(renewed.organization.id, renewed.network.id, now())
    assert renewed.cycle.id != first.id
    awarded(renewed)
    page = client.sign_in(renewed.manager).get(f"{renewed.board}/calendar").text
    assert str(first.expires_on) not in page
    assert str(renewed.cycle.expires_on) in page
    move_dates(5_000)
    assert "No date comes" in client.get(f"{renewed.board}/calendar").text


def test_an_admin_sees_all_organizations_of_her_network_by_month(client: PageClient) -> None:
    case = held()
    second, other = held(network=case.network), held()
    move_dates(500)
    client.sign_in(case.admin)
    page = client.get(f"{case.of_network}/calendar").text
    assert page.count('class="chip"') == MONTHS
    for each in (case, second):
        assert each.organization.names["en"] in page
    assert other.organization.names["en"] not in page
    assert f'datetime="{case.cycle.window_opens_on}"' in page, "the first month in which something comes"
    ends = case.cycle.expires_on
    assert ends is not None
    page = client.get(f"{case.of_network}/calendar?month={ends.isoformat()}").text
    assert f'datetime="{ends}"' in page
    for odd in ("x", "0000-00-00", "2999-01-01", "%00"):
        client.get(f"{case.of_network}/calendar?month={odd}")


def test_pages_cost_the_same_whatever_comes(client: PageClient) -> None:
    case = held()
    client.sign_in(grant(case.manager, Role.NETWORK_ADMIN, network=case.network))
    feed = make_link(client, case.of_network)

    def statements(path: str) -> int:
        with counted_statements() as sent:
            client.get(path)
        return len(sent)

    pages = (f"{case.of_network}/calendar", f"{case.board}/calendar", feed)
    few = [statements(page) for page in pages]
    for _ in range(3):
        held(network=case.network)
    assert [statements(page) for page in pages] == few


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_speaks_its_owners_language_and_names_nobody(client: PageClient, language: str) -> None:
    case = held()
    # Whoever uses pages in a language is written to in it.
    path = make_link(client.sign_in(case.manager), case.board.replace("/en/", f"/{language}/"))
    lines = lines_of(PageClient(client.app), path)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert len(days_in(lines)) == 3
    text = "\n".join(lines)
    assert case.organization.names[language] in text
    assert {"fa": "پایان اعتبار گواهی", "ar": "انتهاء الشهادة", "en": "Certificate ends"}[language] in text
    assert f"/{language}/organizations/{case.organization.public_id}" in text
    ends = case.cycle.expires_on
    assert ends is not None
    assert Formatter(language).date(ends) in text.replace("\\,", ",")
    for person in db.session.scalars(select(Person)):
        assert person.display_name not in text


def test_a_feed_may_be_kept_a_while_and_stays_the_same(client: PageClient) -> None:
    case = held()
    path = make_link(client.sign_in(case.manager), case.board)
    first = client.get(path)
    assert first.headers["Cache-Control"] == "private, max-age=3600"
    assert first.get_data() == client.get(path).get_data(), "nothing in it changes of itself"
    client.get(path, status=304, headers={"If-None-Match": first.headers["ETag"]})
    known = [line for line in lines_of(client, path) if line.startswith("UID")]
    ends = case.cycle.expires_on
    assert ends is not None
    with write_unit():
        extend(case.cycle, ends + timedelta(days=30), "Flood.", actor_id=case.admin.id, now=now())
    moved = lines_of(client, path)
    assert set(known) < {line for line in moved if line.startswith("UID")}, "the same events, on other days"
    assert f"{ends + timedelta(days=30):%Y%m%d}" in days_in(moved)


def test_a_new_link_ends_the_old_one_and_neither_is_kept(client: PageClient) -> None:
    case = held()
    client.sign_in(case.manager)
    old = make_link(client, case.board)
    new = make_link(client, case.board)
    [row] = db.session.scalars(select(CalendarLink)).all()
    token = new.removeprefix("/calendar/").removesuffix(".ics")
    assert row.token_hash == token_hash(token)
    assert token not in str(vars(row))
    client.get(old, status=404)
    client.get(new)
    client.get(new.removesuffix(".ics"), status=404)
    client.get("/calendar/.ics", status=404)
    for _ in range(2):
        client.follow(client.post(f"{case.board}/calendar/link/end"))
    client.get(new, status=404)


def test_a_link_shows_no_more_than_its_owner_may_see_today(client: PageClient) -> None:
    case = held()
    member = make_member(case.organization)
    other = make_network()
    make_scheme(other)
    add(NetworkMembership(network_id=other.id, organization_id=case.organization.id, starts_on=LONG_AGO))
    db.session.expire_all()
    client.sign_in(case.admin)
    of_network, of_board = make_link(client, case.of_network), make_link(client, case.board)
    hers = make_link(client.sign_in(member), case.board)
    assert len(days_in(lines_of(client, of_network))) == len(days_in(lines_of(client, of_board))) == 3
    with write_unit() as session:
        session.scalars(select(Grant).where(Grant.person_id == case.admin.id)).one().ends_on = today()
    client.get(of_network, status=404)
    client.get(of_board, status=404)
    client.get(hers)
    with write_unit() as session:
        erase_person(session.get_one(Person, member.id), now())
    client.get(hers, status=404)
    assert not db.session.scalars(select(CalendarLink.id).where(CalendarLink.person_id == member.id)).all()


def test_links_are_for_who_may_see_the_dates(client: PageClient) -> None:
    case = held()
    stranger = grant(make_person(), Role.NETWORK_ADMIN, network=make_network())
    for person, page in ((stranger, case.board), (stranger, case.of_network), (case.manager, case.of_network)):
        for deed in ("calendar/link", "calendar/link/end"):
            client.sign_in(person).post(f"{page}/{deed}", status=404)
        client.get(f"{page}/calendar", status=404)


def test_a_feed_is_asked_for_only_so_often(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    case = held()
    path = make_link(client.sign_in(case.manager), case.board)
    for _ in range(10):
        client.get(path)
    assert 0 < int(client.get(path, status=429).headers["Retry-After"]) <= 60
    monkeypatch.setattr(feeds, "FROM_ONE_PLACE", Pace("few", 3))
    answers = [client.http.get(f"/calendar/guess-{number}.ics").status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_the_readers_and_leave_no_day_out(app: Flask, language: str) -> None:
    with reading_as(Formatter(language)):
        for start in (date(2026, 1, 31), date(2026, 3, 20), date(2026, 3, 21), date(2027, 12, 31), date(2028, 2, 29)):
            months = coming_months(start, {start: 2, start + timedelta(days=300): 3})
            assert len(months) == MONTHS
            assert months[0].first == start
            assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(months))
            assert coming_span(start) == (months[0].first, months[-1].last)
            assert sum(month.count for month in months) == 5
            assert len({month.name for month in months}) == MONTHS


def test_links_are_told_in_the_download(client: PageClient) -> None:
    case = held()
    make_link(client.sign_in(case.manager), case.board)
    with client.app.test_request_context("/en/"):
        [link] = exported(db.session.get_one(Person, case.manager.id))["calendar_links"]
    assert link["of"] == case.organization.names["en"]
