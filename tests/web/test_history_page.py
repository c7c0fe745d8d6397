"""What happened to an organization in a network, on one line of time."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import literal, select

from lms.certification.defaults import LevelPlan, RequirementPlan, SchemePlan
from lms.certification.models import Credential, CycleStep, StepKind
from lms.certification.services import extend, follow, return_to, revise, submit, suspend, tell_dates
from lms.certification.timeline import TimelineSource, _sources, register_timeline_source, timeline_of
from lms.clock import now, today
from lms.db import db, write_unit
from lms.organizations.models import Network, NetworkMembership
from lms.paging import PAGE_SIZE
from lms.security.actor import Role
from tests.certification import move_dates, the_kit
from tests.conftest import LANGUAGES
from tests.factories import LONG_AGO, add, grant, make_member, make_network, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.verdicts import Case, awarded, make_case


def lived(case: Case) -> None:
    """Handed in, returned, awarded, extended."""
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
        return_to(case.cycle, "The list is old.", actor_id=case.admin.id, now=now())
    cycle = awarded(case)
    with write_unit():
        assert cycle.expires_on is not None
        extend(case.cycle, cycle.expires_on + timedelta(days=9), "Flood.", actor_id=case.admin.id, now=now())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_told_with_its_reason_the_latest_first(client: PageClient, language: str) -> None:
    case = make_case()
    lived(case)
    code = db.session.scalars(select(Credential.code)).one()
    page = client.sign_in(case.admin).get(case.history.replace("/en/", f"/{language}/")).text
    assert page.count('<li class="req">') == 6
    assert page.index("Flood.") < page.index("The list is old.")
    assert code in page


def test_each_side_is_told_its_own_names(client: PageClient) -> None:
    case = make_case()
    lived(case)
    ours, theirs = "Parvaneh the manager", "Nargess the admin"
    page = client.sign_in(case.admin).get(case.history).text
    assert theirs in page
    assert ours not in page
    assert "somebody of the organization" in page
    for person in (case.manager, make_member(case.organization)):
        page = client.sign_in(person).get(case.history).text
        assert ours in page
        assert theirs not in page
        assert "an admin of the network" in page


def test_a_line_is_of_one_network(client: PageClient) -> None:
    case = make_case()
    lived(case)
    other = make_case()
    add(NetworkMembership(network_id=other.network.id, organization_id=case.organization.id, starts_on=LONG_AGO))
    db.session.expire_all()
    with write_unit():
        follow(case.organization.id, other.network.id, now())
    there = case.history.replace(case.network.public_id, other.network.public_id)
    client.sign_in(other.admin).get(case.history, status=404)
    assert "The list is old." not in client.get(there).text
    assert "The list is old." not in client.sign_in(case.manager).get(there).text
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=make_network())).get(there, status=404)
    client.sign_in(case.admin).get(there, status=404)


def test_dates_that_came_and_rules_that_changed_are_told(client: PageClient) -> None:
    case = make_case()
    awarded(case)
    move_dates(730 - 20)
    with write_unit() as session:
        revise(
            session.get_one(Network, case.network.id),
            a_plan(case),
            starts_on=today(),
            reaches_running=True,
            note="Asks for more.",
            actor_id=case.admin.id,
            now=now(),
        )
        tell_dates(case.network, now())
    page = client.sign_in(case.manager).get(case.history).text
    assert "can be renewed from" in page
    assert "ends in a month" in page
    assert "revision 2" in page
    assert "Asks for more." in page
    fresh = make_case(case.network)
    assert "revision 2" not in client.sign_in(fresh.manager).get(fresh.history).text, "it began under it"


def a_plan(case: Case) -> SchemePlan:
    """Another rule for the network's level."""
    modules, _kit = the_kit()
    asked = RequirementPlan("members_completed", {"people": 3, "module_id": modules[0].id})
    level = LevelPlan({"en": "Aware"}, 24, automatic=False, requirements=(asked,), level_id=case.cycle.level_id)
    return SchemePlan({"en": "Networking"}, (level,))


def test_long_lines_are_paged_and_cost_the_same(client: PageClient) -> None:
    case = make_case()
    awarded(case)
    client.sign_in(case.admin)
    here = case.history

    def statements(page: int = 1) -> int:
        with counted_statements() as sent:
            client.get(f"{here}?page={page}")
        return len(sent)

    few = statements()
    for number in range(PAGE_SIZE):
        with write_unit():
            write = {"cycle_id": case.cycle.id, "number": 100 + number, "kind": StepKind.SUSPENDED, "reason": "x"}
            db.session.add(CycleStep(**write, at=now(), actor_id=case.admin.id, state=case.cycle.state))
    assert statements() == few
    assert statements(2) == few
    assert client.get(case.history).text.count('<li class="req">') == PAGE_SIZE
    assert "1 to 25 of 28" in client.get(case.history).text


def test_other_rooms_add_what_they_know(client: PageClient) -> None:
    case = make_case()
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    asked = []

    def dated(organization_id: int, network_id: int):  # type: ignore[no-untyped-def]
        asked.append((organization_id, network_id))
        return select(literal(now() + timedelta(hours=1), CycleStep.at.type), literal(7))

    source = TimelineSource(
        "exercise", dated, lambda ids: dict.fromkeys(ids, "about"), "certification/timeline_mark.html"
    )
    register_timeline_source(source)
    try:
        page = timeline_of(case.organization.id, case.network.id)
    finally:
        _sources.pop("exercise")
    assert asked == [(case.organization.id, case.network.id)]
    assert [entry.source.name for entry in page.items] == ["exercise", "step", "step"]
    assert page.items[0].about == "about"


def test_a_suspension_and_its_reason_are_told(client: PageClient) -> None:
    case = make_case()
    awarded(case)
    with write_unit():
        suspend(case.cycle, "Under inquiry.", actor_id=case.admin.id, now=now())
    page = client.sign_in(case.manager).get(case.history).text
    assert re.search(r"suspended.*Under inquiry\.", page, re.S)
