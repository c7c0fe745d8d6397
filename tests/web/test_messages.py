"""Certification tells: whom, what, in whose language; and nobody else."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.accounts.models import Notice, Person
from lms.accounts.services import erase_person
from lms.certification.events import CycleStepped
from lms.certification.jobs import follow_cycles
from lms.certification.models import Credential
from lms.certification.services import award, revoke, submit
from lms.clock import now
from lms.db import db, write_unit
from lms.events import emit
from lms.formats import Formatter
from lms.jobs.models import Job
from lms.messages.choices import choose
from lms.messages.kinds import Choice
from lms.messages.sending import hand_over
from lms.notifications.mails import mail_of
from lms.notifications.models import DigestEntry, Message
from lms.notifications.queries import Told
from lms.notifications.queries import told as told_of
from lms.notifications.wording import WORDINGS
from lms.organizations.models import Grant, Network, NetworkMembership, Organization
from lms.organizations.names import set_names
from lms.security.actor import Role
from lms.text import clean_line, clean_text
from tests.certification import change_level, complete, the_kit
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_person
from tests.mailbox import Mailbox, parts
from tests.notifications import Scene, asked_mails, deliver, make_scene, told_in_product, unread_of, with_mail
from tests.page import PageClient
from tests.queries import counted_statements
from tests.verdicts import make_case

REASON = "گزارش را کامل کنید (ص ۳)."


def whole_life(scene: Scene, waiting: Callable[[], None] = lambda: None) -> None:
    """Everything that is told happens, each thing once; `waiting` while a verdict is awaited."""
    for verdict in (partial(scene.returned, REASON), scene.awarded):
        scene.reached()
        waiting()
        verdict()
    scene.risk()
    scene.risk(cured=True)
    for mark in ("window", "due_30", "due_7", "expired", "lapsed"):
        scene.date_came(mark)
    for deed in ("extended", "suspended", "resumed", "revoked"):
        scene.decided(deed, REASON)


TO_MANAGERS = [
    *("returned", "awarded", "at_risk", "cured", "window", "due_30", "due_7", "expired", "lapsed"),
    *("extended", "suspended", "resumed", "revoked"),
]
TO_ADMINS = ["submitted", "submitted", "ending", "ended"]


@pytest.mark.usefixtures("mail_on")
def test_managers_and_admins_are_told_what_concerns_them(app: Flask) -> None:
    scene = make_scene()
    elsewhere = make_scene()
    member = make_member(scene.organization, with_mail())
    whole_life(scene)
    assert told_in_product(scene.manager) == TO_MANAGERS
    assert asked_mails(scene.manager) == TO_MANAGERS
    assert told_in_product(scene.admin) == TO_ADMINS
    assert asked_mails(scene.admin) == ["submitted", "submitted"], "what ends comes in the digest"
    waiting = db.session.scalars(select(DigestEntry.person_id)).all()
    assert list(waiting) == [scene.admin.id] * 2
    for stranger in (member, elsewhere.manager, elsewhere.admin):
        assert told_in_product(stranger) == []
        assert asked_mails(stranger) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mail_is_whole_in_every_language(app: Flask, mailbox: Mailbox, language: str) -> None:
    scene = make_scene(language)
    whole_life(scene, lambda: deliver(app))
    deliver(app)
    assert len(mailbox.mails) == len(TO_MANAGERS) + 2
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails)
    name = scene.organization.names[language]
    for mail in mailbox.mails:
        plain, html = parts(mail)
        assert name in mail["Subject"]
        assert mail["Content-Language"] == language
        assert f"\u2068{name}\u2069" in plain
        assert "\n\n\n" not in plain
        assert not re.search(r"%\(|\{\{|None", plain + html + mail["Subject"])
        assert "\u2068\u2069" not in plain, "no day is left blank"
        board = "/organizations/" if mail["To"] == scene.manager.email else "/networks/"
        assert any(board in line and line.startswith("https://learn.example.org/") for line in plain.splitlines())
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    reasons = [mail for mail in mailbox.mails if REASON in parts(mail)[0]]
    assert len(reasons) == 5, "who decided is heard: returned, extended, suspended, resumed, revoked"


def test_days_are_written_as_the_reader_writes_them(app: Flask, mailbox: Mailbox) -> None:
    scene = make_scene("fa")
    english = grant(with_mail("en", calendar="jalali"), Role.MANAGER, organization=scene.organization)
    arabic = grant(with_mail("ar", digits="arab", country="LB"), Role.MANAGER, organization=scene.organization)
    scene.awarded()
    scene.date_came("due_30")
    deliver(app)
    said = {mail["To"]: parts(mail)[0] for mail in mailbox.mails}
    ends = scene.cycle.expires_on
    assert ends is not None
    assert f"\u2068{Formatter('fa').day(ends)}\u2069" in said[scene.manager.email]
    assert f"\u2068{Formatter('en', calendar='jalali').day(ends)}\u2069" in said[english.email]
    assert f"\u2068{Formatter('ar', 'LB', digits='arab').day(ends)}\u2069" in said[arabic.email]
    assert len({*said.values()}) == 3


def test_at_risk_says_what_is_missing_in_words_and_names_nobody(app: Flask, mailbox: Mailbox) -> None:
    scene = make_scene("en", asks=True)
    modules, _kit = the_kit()
    people = [make_member(scene.organization) for _ in range(2)]
    for person in people[:1]:
        for module in modules:
            complete(person, module)
    scene.awarded()
    scene.risk()
    deliver(app)
    plain, html = parts(mailbox.mails[-1])
    assert "What is missing now:" in plain
    assert re.search(r"^– .*complete", plain, re.M), plain
    assert "<li" in html
    assert not any(person.display_name in plain for person in people)
    scene.risk(cured=True)
    deliver(app)
    assert "What is missing" not in parts(mailbox.mails[-1])[0]


@pytest.mark.usefixtures("mail_on")
def test_the_same_event_is_told_once(app: Flask) -> None:
    scene = make_scene()
    scene.awarded()
    event = scene.date("due_30")
    for _ in range(2):
        with write_unit():
            emit(event)
    assert told_in_product(scene.manager) == ["awarded", "due_30"]
    assert asked_mails(scene.manager) == ["awarded", "due_30"]
    step = scene.cycle.steps[-1]
    with write_unit():
        ids = (scene.organization.id, scene.network.id, scene.cycle_id)
        emit(CycleStepped(now(), None, *ids, step.id, step.kind))
    assert told_in_product(scene.manager) == ["awarded", "due_30"]


def leave(scene: Scene) -> Person:
    """The manager gives the office up."""
    with write_unit() as session:
        session.scalars(select(Grant).where(Grant.person_id == scene.manager.id)).one().ends_on = now().date()
    return scene.manager


def erase(scene: Scene) -> Person:
    """The manager erases her account."""
    with write_unit() as session:
        erase_person(session.get_one(Person, scene.manager.id), now())
    return scene.manager


def lose_address(scene: Scene) -> Person:
    """The manager takes her address back."""
    with write_unit() as session:
        session.get_one(Person, scene.manager.id).email_key = None
    return scene.manager


def refuse(scene: Scene) -> Person:
    """The manager wants no such mails."""
    with write_unit():
        choose(scene.manager.id, {"awarded": Choice.NONE})
    return scene.manager


@pytest.mark.parametrize("change", [leave, erase, lose_address, refuse])
@pytest.mark.parametrize("first", [True, False])
def test_who_has_left_or_wants_none_gets_no_mail(
    app: Flask, mailbox: Mailbox, change: Callable[[Scene], Person], *, first: bool
) -> None:
    scene = make_scene()
    if first:
        change(scene)
    scene.awarded()
    if not first:
        change(scene)
    deliver(app)
    assert mailbox.mails == []
    assert db.session.scalars(select(Job.state).where(Job.kind == "message")).all() in ([], ["done"])


@pytest.mark.usefixtures("mail_on")
def test_a_network_is_told_nothing_of_who_has_left_it(app: Flask) -> None:
    scene = make_scene()
    scene.awarded()
    with write_unit() as session:
        session.scalars(select(NetworkMembership)).one().ends_on = now().date()
    scene.date_came("due_30")
    assert told_in_product(scene.admin) == []
    assert told_in_product(scene.manager) == ["awarded", "due_30"]


def renewed(scene: Scene) -> Scene:
    """The organization's certificate, renewed 80 days before its end by one that ends much later."""
    change_level(scene.network, automatic=False)
    scene.awarded(300)
    with time_machine.travel(now() + timedelta(days=220)):
        follow_cycles({})
        second = replace(scene, cycle_id=scene.newest().id)
        second.awarded(900)
    return second


@pytest.mark.usefixtures("mail_on")
@pytest.mark.parametrize(
    ("after", "told", "advice"),
    [(310, ["expired"], True), (360, ["expired"], True), (361, ["expired", "lapsed"], False)],
)
def test_once_its_renewal_is_revoked_an_end_that_has_passed_is_told_at_once(
    app: Flask, after: int, told: list[str], advice: bool
) -> None:
    scene = make_scene()
    second = renewed(scene)
    begun = ["awarded", "window", "awarded"]
    with time_machine.travel(now() + timedelta(days=after)):
        follow_cycles({})
        assert told_in_product(scene.manager) == begun, "of what is renewed nothing is told"
        with write_unit() as session:
            credential = session.scalars(select(Credential).order_by(Credential.id.desc())).first()
            assert credential
            assert credential.award
            assert credential.award.cycle_id == second.cycle_id
            revoke(credential, REASON, actor_id=scene.admin.id, now=now())
        assert told_in_product(scene.manager) == [*begun, "revoked", *told]
        expired = db.session.scalars(select(Message).where(Message.kind == "expired")).one()
        mail = mail_of(told_of([expired.id])[expired.id], scene.manager)
        assert bool(mail["values"]["advice"]) is advice, "days of grace that have passed help nobody"
        follow_cycles({})
        assert told_in_product(scene.manager) == [*begun, "revoked", *told], "each is told once"


def test_while_its_renewal_is_suspended_nothing_is_told_of_the_end_before(app: Flask) -> None:
    scene = make_scene()
    second = renewed(scene)
    told = ["awarded", "window", "awarded"]
    with time_machine.travel(now() + timedelta(days=250)):
        second.decided("suspended", REASON)
    with time_machine.travel(now() + timedelta(days=361)):
        follow_cycles({})
        assert told_in_product(scene.manager) == [*told, "suspended"], "she knows where it stands"
        second.decided("resumed", REASON)
        follow_cycles({})
        assert told_in_product(scene.manager) == [*told, "suspended", "resumed"]


def test_a_worker_that_stood_still_tells_no_more_what_has_passed(app: Flask) -> None:
    scene = make_scene()
    change_level(scene.network, automatic=False)
    scene.awarded(300)
    with time_machine.travel(now() + timedelta(days=400)):
        follow_cycles({})
    assert told_in_product(scene.manager) == ["awarded", "expired", "lapsed"]


def test_without_a_mail_server_it_is_told_in_the_product(app: Flask) -> None:
    scene = make_scene()
    scene.awarded()
    scene.date_came("due_30")
    assert told_in_product(scene.manager) == ["awarded", "due_30"]
    assert told_in_product(scene.admin) == ["ending"]
    assert db.session.scalars(select(Job).where(Job.kind == "message")).all() == []
    assert db.session.scalars(select(DigestEntry)).all() == []


@pytest.mark.usefixtures("mail_on")
def test_what_nobody_hears_leaves_nothing(app: Flask) -> None:
    scene = make_scene()
    leave(scene)
    scene.awarded()
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0


@pytest.mark.usefixtures("mail_on")
def test_telling_many_costs_what_telling_one_does(app: Flask) -> None:
    def cost(receivers: int) -> int:
        scene = make_scene()
        for n in range(receivers):
            more = grant(with_mail(), Role.MANAGER, organization=scene.organization)
            with write_unit():
                choose(more.id, {"due_30": Choice.DIGEST if n % 2 else Choice.AT_ONCE})
            grant(with_mail(), Role.NETWORK_ADMIN, network=scene.network)
        scene.awarded()
        event = scene.date("due_30")
        with write_unit(), counted_statements() as seen:
            emit(event)
        return len(seen)

    assert cost(2) == cost(12)


@pytest.mark.parametrize("language", LANGUAGES)
def test_notices_say_it_and_lead_to_the_board(client: PageClient, language: str) -> None:
    scene = make_scene(language)
    whole_life(scene)
    page = client.sign_in(scene.manager).get(f"/{language}/notices").text
    told = [each.split("</p>")[0] for each in page.split('<li class="notice')[1:]]
    assert len(told) == len(TO_MANAGERS)
    assert all(scene.organization.names[language] in each for each in told)
    assert f"\u2068{scene.organization.names[language]}\u2069" in client.get(f"/{language}/").text
    notice = db.session.scalars(select(Notice).where(Notice.person_id == scene.manager.id)).first()
    assert notice is not None
    answer = client.post(f"/{language}/notices/{notice.public_id}")
    assert answer.headers["Location"].endswith(f"/{language}/organizations/{scene.organization.public_id}")
    page = client.sign_in(scene.admin).get(f"/{language}/notices").text
    notice = db.session.scalars(select(Notice).where(Notice.person_id == scene.admin.id)).first()
    assert notice is not None
    answer = client.post(f"/{language}/notices/{notice.public_id}")
    client.follow(answer)


def test_a_page_of_notices_costs_the_same_however_many_kinds(client: PageClient) -> None:
    scene = make_scene()
    client.sign_in(scene.manager)

    def cost() -> int:
        client.get("/en/notices")
        with counted_statements() as seen:
            client.get("/en/notices")
        return len(seen)

    scene.awarded()
    one = cost()
    for mark in ("window", "due_30", "due_7", "expired", "lapsed"):
        scene.date_came(mark)
    assert cost() == one


def test_every_kind_of_the_table_is_told_in_some_life() -> None:
    assert {each.kind.key for each in WORDINGS} == {*TO_MANAGERS, *TO_ADMINS, "proposed"}


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120)


@given(name=NAMES, level=NAMES, comment=st.text(st.characters(exclude_categories=["Cs"]), max_size=400), greeted=NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_and_comment_arrives_as_it_was_written(
    app: Flask, mailbox: Mailbox, name: str, level: str, comment: str, greeted: str
) -> None:
    """As a form stores them: cleaned, and never empty."""
    name, greeted, comment = clean_line(name) or "x", clean_line(greeted) or "y", clean_text(comment).strip()
    level = clean_line(level) or "z"
    organization = Organization(public_id="o1")
    set_names(organization, {"fa": name})
    message = Message(kind="returned", uid="u", organization_id=1, network_id=1, level_id=1, at=now())
    person = Person(
        public_id="p",
        uid="u",
        email="a@example.org",
        language="fa",
        display_name=greeted,
        digits="auto",
        calendar="auto",
        hijri=False,
        time_zone="Asia/Tehran",
        country=None,
    )
    told = Told(message, organization, Network(public_id="n"), {"fa": level}, comment)
    mailbox.mails.clear()
    hand_over(mail_of(told, person))
    (mail,) = mailbox.mails
    plain, _html = parts(mail)
    assert mail["Subject"] == f"بازگشت با یادداشت: \u2068{name}\u2069"
    assert f"\u2068{name}\u2069" in plain
    assert f"«\u2068{level}\u2069»" in plain
    assert f"\u2068{greeted}\u2069" in plain
    assert comment in plain


def test_the_other_admins_are_told_of_a_proposed_award(app: Flask) -> None:
    case = make_case(four_eyes=True)
    second = grant(make_person(), Role.NETWORK_ADMIN, network=case.network)
    with write_unit():
        award(case.cycle, actor_id=case.admin.id, now=now())
    assert told_in_product(second) == ["proposed"]
    assert told_in_product(case.admin) == []
    assert told_in_product(case.manager) == []
    with write_unit():
        award(case.cycle, actor_id=second.id, now=now())
    assert told_in_product(second) == ["proposed"]
    assert told_in_product(case.manager) == ["awarded"]


@pytest.mark.parametrize("verdict", [lambda scene: scene.returned(REASON), Scene.awarded, Scene.withdrawn])
@pytest.mark.usefixtures("mail_on")
def test_once_it_is_decided_nobody_is_told_that_it_waits(client: PageClient, verdict: Callable[[Scene], None]) -> None:
    scene, other = make_scene(), make_scene()
    colleague = grant(with_mail(), Role.NETWORK_ADMIN, network=scene.network)
    with write_unit():
        choose(scene.admin.id, {"submitted": Choice.DIGEST})
    for each in (scene, other):
        each.reached()
    assert unread_of(scene.admin) == unread_of(colleague) == unread_of(other.admin) == ["submitted"]
    assert db.session.scalar(select(func.count()).select_from(DigestEntry)) == 1
    assert "awaits your verdict" in client.sign_in(scene.admin).get("/en/").text
    verdict(scene)
    assert unread_of(scene.admin) == unread_of(colleague) == []
    assert db.session.scalar(select(func.count()).select_from(DigestEntry)) == 0
    assert "awaits your verdict" not in client.get("/en/").text
    assert unread_of(other.admin) == ["submitted"], "another network's waits still"


@pytest.mark.parametrize("verdict", [lambda scene: scene.returned(REASON), Scene.awarded, Scene.withdrawn])
def test_no_mail_asks_for_a_verdict_that_was_given_meanwhile(
    app: Flask, mailbox: Mailbox, verdict: Callable[[Scene], None]
) -> None:
    scene, other = make_scene(), make_scene()
    for each in (scene, other):
        each.reached()
    verdict(scene)
    deliver(app)
    assert [mail["To"] for mail in mailbox.mails if "verdict" in mail["Subject"]] == [other.admin.email]


def test_what_is_handed_in_again_is_told_again(app: Flask) -> None:
    scene = make_scene()
    scene.reached()
    scene.returned(REASON)
    assert unread_of(scene.admin) == []
    scene.reached()
    assert unread_of(scene.admin) == ["submitted"]


def test_a_proposal_answers_the_submission_and_waits_itself(app: Flask) -> None:
    case = make_case(four_eyes=True)
    second = grant(make_person(), Role.NETWORK_ADMIN, network=case.network)
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    assert unread_of(second) == ["submitted"]
    with write_unit():
        award(case.cycle, actor_id=case.admin.id, now=now())
    assert unread_of(second) == ["proposed"]
    with write_unit():
        award(case.cycle, actor_id=second.id, now=now())
    assert unread_of(second) == []
