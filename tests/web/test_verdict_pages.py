"""What a network's admins decide on, and how the organization learns of it."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.certification.models import Credential, CycleState, CycleStep, KeptStanding
from lms.certification.services import award, extend, follow, resume, return_to, revoke, start_again, submit, suspend
from lms.clock import now, today
from lms.db import db, write_unit
from lms.errors import NotAllowed
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.services import leave_network
from lms.security.actor import Role
from tests.certification import move_dates, the_kit
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.verdicts import Case, awarded, make_case, meet

LATER = {"extend-until": "2040-01-01", "extend-reason": "The office was flooded."}


def steps(case: Case) -> list[str]:
    """What has happened on the newest cycle, in its order."""
    query = select(CycleStep.kind).where(CycleStep.cycle_id == case.cycle.id).order_by(CycleStep.number)
    return [str(kind) for kind in db.session.scalars(query)]


def test_a_manager_hands_in_once_everything_is_met(client: PageClient) -> None:
    case = make_case(met=False)
    client.sign_in(case.manager)
    deed = f"{case.page}/submit"
    assert deed not in client.get(case.board).text
    assert "Not every requirement" in client.follow(client.post(deed)).text
    meet(case.organization)
    assert deed in client.get(case.board).text
    assert "Handed in" in client.follow(client.post(deed)).text
    assert deed not in client.get(case.board).text
    assert "not in a state" in client.follow(client.post(deed)).text, "once is enough"
    assert steps(case) == ["started", "submitted"]


def test_only_a_manager_hands_in(client: PageClient) -> None:
    case = make_case()
    for person in (make_member(case.organization), case.admin):
        client.sign_in(person).post(f"{case.page}/submit", status=404)
    assert steps(case) == ["started"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_returned_is_told_with_the_comment(client: PageClient, language: str) -> None:
    case = make_case()
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    client.sign_in(case.admin)
    page = client.post(f"{case.page}/return", {"return-reason": "  "}, status=422).text
    assert 'id="return-reason-error"' in page
    assert (
        "The list is old."
        in client.follow(client.post(f"{case.page}/return", {"return-reason": "The list is old."})).text
    )
    client.post(f"{case.page}/return", {"return-reason": "Twice."}, status=422)
    board = client.sign_in(case.manager).get(case.board.replace("/en/", f"/{language}/")).text
    assert "The list is old." in board
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    assert "The list is old." not in client.get(case.board).text


def test_two_admins_agree(client: PageClient) -> None:
    case = make_case(four_eyes=True)
    second = grant(make_person(), Role.NETWORK_ADMIN, network=case.network)
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    client.sign_in(case.admin)
    assert "Propose the award" in client.get(case.page).text
    page = client.follow(client.post(f"{case.page}/award")).text
    assert "You have proposed this award" in page
    assert f"{case.page}/award" not in page
    assert "another admin has to agree" in client.post(f"{case.page}/award", status=422).text
    page = client.sign_in(second).get(case.page).text
    assert "Nargess the admin" in page
    assert "Agree and award" in page
    client.follow(client.post(f"{case.page}/award"))
    assert case.cycle.state == CycleState.CERTIFIED
    assert "not in a state" in client.post(f"{case.page}/award", status=422).text
    assert steps(case) == ["started", "submitted", "proposed", "awarded"]
    assert len(db.session.scalars(select(Credential.id)).all()) == 1


def test_a_certificate_is_extended_and_says_why_not(client: PageClient) -> None:
    case = make_case()
    ends = awarded(case).expires_on
    assert ends is not None
    client.sign_in(case.admin)
    early = {**LATER, "extend-until": ends.isoformat()}
    page = client.post(f"{case.page}/extend", early, status=422).text
    assert "after the one on which it ends" in page.split('id="extend-until"')[1]
    assert "The office was flooded." in page, "what was typed stays"
    page = client.post(f"{case.page}/extend", {**early, "extend-until": ""}, status=422).text
    assert "Give the day" in page
    page = client.post(f"{case.page}/extend", {"extend-until": "2040-01-01"}, status=422).text
    assert 'id="extend-reason-error"' in page
    page = client.post(f"{case.page}/extend", LATER, status=422).text
    assert "within five years" in page
    later = ends + timedelta(days=200)
    client.follow(client.post(f"{case.page}/extend", {**LATER, "extend-until": later.isoformat()}))
    assert (case.cycle.expires_on, case.cycle.due_on) == (later, ends)
    page = client.post(f"{case.page}/extend", {**LATER, "extend-until": later.isoformat()}, status=422).text
    assert "after the one on which it ends" in page, "the same once more is refused"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_is_suspended_and_resumed(client: PageClient, language: str) -> None:
    case = make_case()
    awarded(case)
    here = case.page.replace("/en/", f"/{language}/")
    board = case.board.replace("/en/", f"/{language}/")
    client.sign_in(case.admin)
    client.post(f"{here}/suspend", status=422)
    page = client.follow(client.post(f"{here}/suspend", {"suspend-reason": "Under inquiry."})).text
    assert f"{here}/suspend" not in page
    client.post(f"{here}/suspend", {"suspend-reason": "Under inquiry."}, status=422)
    assert "Under inquiry." in client.sign_in(case.manager).get(board).text
    client.sign_in(case.admin).follow(client.post(f"{here}/resume", {"resume-reason": "Settled."}))
    client.post(f"{here}/resume", {"resume-reason": "Settled."}, status=422)
    assert "Under inquiry." not in client.sign_in(case.manager).get(board).text
    assert steps(case)[-2:] == ["suspended", "resumed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_looks_a_suspended_certificate_up_is_told(client: PageClient, language: str) -> None:
    case = make_case()
    cycle = awarded(case)
    credential = db.session.scalars(select(Credential).where(Credential.organization_id == case.organization.id)).one()
    page = f"/{language}/verify/{credential.code}"
    signed = client.get(f"{page}/credential.json").get_data()
    with write_unit():
        suspend(cycle, "Under inquiry.", actor_id=case.admin.id, now=now())
    client.get(f"{page}/credential.json", status=404)
    shown = client.get(page).text
    assert "certificate-void" in shown
    assert "Under inquiry." not in shown
    assert client.get(f"{page}/certificate.pdf").get_data().startswith(b"%PDF")
    sent = {"file": (BytesIO(signed), "credential.json")}
    assert "has suspended it" in client.post("/en/verify/file", sent, status=200).text
    with write_unit():
        resume(cycle, "Settled.", actor_id=case.admin.id, now=now())
    assert "certificate-void" not in client.get(page).text
    client.get(f"{page}/credential.json")


def test_nobody_decides_on_her_own_organization(client: PageClient) -> None:
    case = make_case()
    grant(case.manager, Role.NETWORK_ADMIN, network=case.network)
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    client.sign_in(case.manager)
    page = client.get(case.page).text
    assert "You belong to this organization" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    assert "others decide" in client.get(f"{case.of_network}/decisions").text
    for deed, sent in (("award", {}), ("return", {"return-reason": "x"})):
        assert "belong" in client.post(f"{case.page}/{deed}", sent, status=422).text
    with write_unit():
        award(case.cycle, actor_id=case.admin.id, now=now())
    cycle = case.cycle
    ends = cycle.expires_on
    assert ends is not None
    verdicts: tuple[Callable[[], object], ...] = (
        lambda: extend(cycle, ends + timedelta(days=9), "x", actor_id=case.manager.id, now=now()),
        lambda: suspend(cycle, "x", actor_id=case.manager.id, now=now()),
        lambda: resume(cycle, "x", actor_id=case.manager.id, now=now()),
        lambda: start_again(cycle, actor_id=case.manager.id, now=now()),
        lambda: return_to(cycle, "x", actor_id=case.manager.id, now=now()),
    )
    for verdict in verdicts:
        with pytest.raises(NotAllowed, match="belong"), write_unit():
            verdict()


def test_what_is_another_networks_is_not_there(client: PageClient) -> None:
    case = make_case()
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=make_network()))
    client.get(case.page, status=404)
    for deed in ("award", "return", "extend", "suspend", "resume", "again"):
        client.post(f"{case.page}/{deed}", status=404)


def test_of_who_has_left_a_network_sees_its_certificate_only(client: PageClient) -> None:
    case = make_case()
    cycle = awarded(case)
    client.sign_in(case.admin)
    assert "Requirements" in client.get(case.page).text
    with write_unit() as session:
        leave_network(session.scalars(select(NetworkMembership)).one(), actor_id=case.manager.id, now=now())
    page = client.get(case.page).text
    assert "has left the network" in page
    assert "Requirements" not in page
    credential = db.session.scalars(select(Credential).where(Credential.organization_id == case.organization.id)).one()
    with write_unit():
        revoke(credential, "x", actor_id=case.admin.id, now=now())
    assert not db.session.scalars(select(KeptStanding)).all()
    with pytest.raises(NotAllowed, match="left"), write_unit():
        start_again(cycle, actor_id=case.admin.id, now=now())


def test_the_queue_shows_what_waits_the_longest_first(client: PageClient) -> None:
    first = make_case(four_eyes=True)
    second = make_case(first.network)
    other = make_case()
    client.sign_in(first.admin)
    assert "Nothing waits" in client.get(f"{first.of_network}/decisions").text
    for case, minutes in ((second, 0), (first, 2), (other, 1)):
        with write_unit():
            submit(case.cycle, actor_id=case.manager.id, now=now() + timedelta(minutes=minutes))
    page = client.get(f"{first.of_network}/decisions").text.split("<tbody")[1]
    assert page.index(second.page) < page.index(first.page)
    assert other.page not in page
    client.post(f"{first.page}/award")
    assert "Proposed by you" in client.get(f"{first.of_network}/decisions").text
    client.sign_in(second.admin)
    assert "your agreement is asked for" in client.get(f"{first.of_network}/decisions").text


def test_the_queue_asks_the_same_of_many_as_of_few(client: PageClient) -> None:
    case = make_case()

    def statements() -> int:
        with counted_statements() as sent:
            client.get(f"{case.of_network}/decisions")
        return len(sent)

    client.sign_in(case.admin)
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    few = statements()
    for _ in range(4):
        more = make_case(case.network)
        with write_unit():
            follow(more.organization.id, case.network.id, now())
            submit(more.cycle, actor_id=more.manager.id, now=now())
    assert statements() == few


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_at_risk_says_what_would_cure_it(client: PageClient, language: str) -> None:
    case = make_case()
    awarded(case)
    with write_unit() as session:
        for membership in session.scalars(select(Membership).where(Membership.person_id != case.manager.id)):
            membership.ends_on = today()
    modules, _kit = the_kit()
    for person, page in ((case.manager, case.board), (case.admin, case.page)):
        shown = client.sign_in(person).get(page.replace("/en/", f"/{language}/")).text
        banner = shown.split('class="flash flash-due"')[1].split("</ul>")[0]
        assert modules[0].titles[language] in banner
        assert ("/reminders" in banner) is False, "she is the only one whom it waits for"
    make_member(case.organization, make_person(display_name="Zahra"))
    banner = client.sign_in(case.manager).get(case.board).text.split('class="flash flash-due"')[1].split("</ul>")[0]
    assert "Zahra" in banner
    assert "/reminders" in banner


def test_a_renewal_is_handed_in_and_awarded_beside_the_certificate(client: PageClient) -> None:
    case = make_case()
    first = awarded(case)
    move_dates(700)
    with write_unit():
        follow(case.organization.id, case.network.id, now())
    renewal = case.cycle
    assert renewal.id != first.id
    page = client.sign_in(case.manager).get(case.board).text
    assert "due for renewal" in page
    assert "Renewal begun" in page
    client.post(f"/en/cycles/{renewal.public_id}/submit")
    page = client.sign_in(case.admin).get(case.board).text
    for cycle in (first, renewal):
        assert f"/en/cycles/{cycle.public_id}" in page
        assert case.organization.names["en"] in client.get(f"/en/cycles/{cycle.public_id}").text
    client.follow(client.post(f"{case.page}/award"))
    assert "a newer one of the same level counts" in client.get(f"/en/cycles/{first.public_id}").text
    client.post(f"/en/cycles/{first.public_id}/again", status=422)
