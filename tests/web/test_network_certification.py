"""A network's organizations by level and state."""

import pytest
from sqlalchemy import select

from lms.boards.queries.certification import STATES, Wanted, organizations_by_state, totals
from lms.certification.models import Credential, KeptStanding
from lms.certification.phases import Phase, phase_of
from lms.certification.services import follow, revoke, submit, suspend
from lms.clock import now, today
from lms.db import write_unit
from lms.organizations.models import Membership
from lms.security.actor import Role
from tests.certification import make_scheme, move_dates
from tests.conftest import LANGUAGES
from tests.factories import grant, make_network
from tests.page import PageClient
from tests.queries import counted_statements
from tests.verdicts import Case, awarded, make_case

#: Days since the award in which a certificate of 24 months, its window of 90 and its grace of 60, is in a phase.
SINCE = {Phase.VALID: 0, Phase.DUE: 700, Phase.GRACE: 760, Phase.EXPIRED: 900}


def names_on(client: PageClient, case: Case, query: str) -> str:
    """The rows of the list."""
    page = client.get(f"{case.of_network}/certification?{query}").text
    return page.split('aria-labelledby="organizations"')[1] if 'aria-labelledby="organizations"' in page else ""


@pytest.mark.parametrize("phase", SINCE)
def test_a_certificate_is_found_by_its_phase_and_no_other(client: PageClient, phase: Phase) -> None:
    case = make_case()
    awarded(case)
    move_dates(SINCE[phase])
    assert phase_of(case.cycle, today()) is phase
    client.sign_in(case.admin)
    name = case.organization.names["en"]
    found = {state for state in STATES if name in names_on(client, case, f"state={state}&level=1")}
    assert found == {phase.value}
    assert {state for state in STATES if totals(case.network.id, today()).of(case.cycle.level_id, state)} == found


def test_every_other_state_is_found_too(client: PageClient) -> None:
    cases = {"in_progress": make_case()}
    network = cases["in_progress"].network
    cases |= {state: make_case(network) for state in ("submitted", "suspended", "revoked", "at_risk")}
    with write_unit():
        submit(cases["submitted"].cycle, actor_id=cases["submitted"].manager.id, now=now())
    for state in ("suspended", "revoked", "at_risk"):
        awarded(cases[state])
    admin_id = cases["suspended"].admin.id
    with write_unit() as session:
        suspend(cases["suspended"].cycle, "Why.", actor_id=admin_id, now=now())
        [credential] = session.scalars(
            select(Credential).where(Credential.organization_id == cases["revoked"].organization.id)
        )
        revoke(credential, "Why.", actor_id=admin_id, now=now())
        for membership in session.scalars(
            select(Membership).where(Membership.organization_id == cases["at_risk"].organization.id)
        ):
            membership.ends_on = today()
        follow(cases["at_risk"].organization.id, network.id, now())
    client.sign_in(cases["submitted"].admin)
    counted = totals(network.id, today())
    for state, case in cases.items():
        rows = names_on(client, case, f"state={state}")
        listed = {other for other, each in cases.items() if each.organization.names["en"] in rows}
        assert listed == {state}
        assert counted.of(case.cycle.level_id, state) == 1
    assert counted.of(cases["at_risk"].cycle.level_id, "valid") == 1


def test_filters_are_of_one_network_and_add_up(client: PageClient) -> None:
    case = make_case()
    awarded(case)
    other = make_case()
    awarded(other)
    move_dates(700)
    client.sign_in(case.admin)
    mine, theirs = case.organization.names["en"], other.organization.names["en"]
    assert mine in names_on(client, case, "within=90")
    assert theirs not in names_on(client, case, "")
    for miss in ("within=90&state=grace", "level=1&country=BH", f"q={theirs}", "state=submitted"):
        assert mine not in names_on(client, case, miss)
    for odd in ("state=withdrawn", "level=77", "level=x", "state=%00", "country=%F0", "page=-4", "within=zz"):
        assert mine in names_on(client, case, odd) or "country" in odd
    move_dates(-600)
    assert mine not in names_on(client, case, "within=90")


def test_at_risk_is_told_apart_by_level(client: PageClient) -> None:
    """A list of ids that is read as text: 1 is not 11."""
    case = make_case()
    level = awarded(case).level_id
    for listed, found in (
        ([], 0),
        ([level], 1),
        ([level * 10 + 1], 0),
        ([3_000, level, 4_000], 1),
        ([int(f"9{level}")], 0),
    ):
        with write_unit() as session:
            session.scalars(select(KeptStanding)).one().at_risk = listed
        wanted = Wanted(level_id=level, state="at_risk")
        page = organizations_by_state(case.network.id, wanted, day=today(), language="fa")
        assert page.total == found, listed


def test_a_revoked_renewal_counts_before_the_certificate_that_it_renewed_and_that_has_ended(client: PageClient) -> None:
    case = make_case()
    first = awarded(case).id
    move_dates(700)
    with write_unit():
        follow(case.organization.id, case.network.id, now())
    second = awarded(case).id
    assert second != first
    move_dates(300)
    with write_unit() as session:
        credential = session.scalars(select(Credential).order_by(Credential.id.desc())).first()
        assert credential is not None
        revoke(credential, "The facts were not true.", actor_id=case.admin.id, now=now())
        follow(case.organization.id, case.network.id, now())
    assert case.cycle.id == second, "after a revocation people decide"
    client.sign_in(case.admin)
    name = case.organization.names["en"]
    found = {state for state in STATES if name in names_on(client, case, f"state={state}&level=1")}
    assert found == {Phase.REVOKED.value}
    assert "Level 1 revoked" in client.get(case.board).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_there_in_each_language_and_costs_the_same(client: PageClient, language: str) -> None:
    case = make_case()
    awarded(case)
    client.sign_in(case.admin)
    here = case.of_network.replace("/en/", f"/{language}/")

    def statements() -> int:
        with counted_statements() as sent:
            client.get(f"{here}/certification")
        return len(sent)

    few = statements()
    for _ in range(4):
        awarded(make_case(case.network))
    assert statements() == few


def test_a_network_without_a_scheme_has_an_empty_page(client: PageClient) -> None:
    case = make_case()
    empty = make_network()
    grant(case.admin, Role.NETWORK_ADMIN, network=empty)
    client.sign_in(case.admin).get(f"/en/networks/{empty.public_id}/certification")
    make_scheme(empty)
    client.get(f"/en/networks/{empty.public_id}/certification")


def test_what_belongs_to_certification_is_reached_from_its_pages(client: PageClient) -> None:
    case = make_case()
    client.sign_in(case.admin)
    for page, leads_to in (
        ("certification", ("scheme", "signatory", "certificates")),
        ("decisions", ("evidence", "self-assessments")),
    ):
        text = client.get(f"{case.of_network}/{page}").text
        assert [end for end in leads_to if f'href="{case.of_network}/{end}"' not in text] == []
