"""What people choose about messages: the page, the way out of mails, the digest."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, insert, select

from lms.accounts.models import Person
from lms.accounts.services import erase_person
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.models import Job, JobState
from lms.jobs.worker import run_due
from lms.messages.choices import choices_of, choose, choose_digest_time, digest_time_of, next_digest, refusing
from lms.messages.kinds import Audience, Choice, MessageKind, message_kinds, register_message_kind
from lms.messages.models import DigestTime, MessageChoice
from lms.messages.unsubscribing import unsubscribe_token
from lms.notifications.digests import AT_ONCE, MOST_LISTED, MOST_NAMED, mail_digest, send_digests
from lms.notifications.models import DigestEntry, Message
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.factories import add, grant, make_person
from tests.mailbox import Mailbox, parts
from tests.notifications import Scene, deliver, make_scene, with_mail
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sent_forms import form_in

TEHRAN = "Asia/Tehran"


def choose_digests(person: Person) -> None:
    """All that can wait comes in the digest."""
    with write_unit():
        choose(person.id, {key: Choice.DIGEST for key, kind in message_kinds().items() if kind.can_wait})


def tomorrow(app: Flask, days: int = 1) -> None:
    """The worker looks for digests and sends what is due, some days on."""
    with time_machine.travel(now() + timedelta(days=days)):
        run_due(app, ["send_digests"])
        send_digests({})
        deliver(app)


def waiting() -> int:
    """How many messages wait for digests."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(DigestEntry)) or 0


# The page


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sees_the_kinds_that_can_come_to_her(client: PageClient, language: str) -> None:
    scene = make_scene(language)
    address = f"/{language}/account/messages"
    learner = form_in(client.sign_in(make_person(language=language)).get(address).text, "")
    manager = form_in(client.sign_in(scene.manager).get(address).text, "")
    admin = form_in(client.sign_in(scene.admin).get(address).text, "")
    assert {"graded", "reminder"} <= learner.keys()
    assert "due_30" not in learner
    assert {"graded", "due_30", "revoked"} <= manager.keys()
    assert "submitted" not in manager
    assert {"submitted", "ending", "ended"} <= admin.keys()
    assert "due_30" not in admin
    assert (manager["due_30"], admin["ending"], admin["digest_day"], admin["digest_hour"]) == (
        *("at_once", "digest"),
        *("daily", "8"),
    )


def test_choices_are_kept_without_script(client: PageClient) -> None:
    scene = make_scene()
    client.sign_in(scene.manager)
    sent = form_in(client.get("/en/account/messages").text, "")
    sent |= {"due_30": "digest", "revoked": "none", "digest_day": "5", "digest_hour": "7"}
    page = client.follow(client.post("/en/account/messages", sent)).text
    assert "Saved." in page
    assert form_in(page, "")["digest_day"] == "5"
    kept = choices_of(scene.manager.id)
    assert (kept["due_30"], kept["revoked"], kept["awarded"]) == (Choice.DIGEST, Choice.NONE, Choice.AT_ONCE)
    time = digest_time_of(scene.manager.id)
    assert time is not None
    assert (time.weekday, time.hour) == (5, 7)
    client.post("/en/account/messages", sent | {"digest_day": "daily"})
    assert db.session.scalars(select(DigestTime.weekday)).one() is None


@pytest.mark.parametrize(
    "wrong", [{"due_30": "often"}, {"graded": "digest"}, {"digest_day": "7"}, {"digest_hour": "24"}, {"due_30": ""}]
)
def test_what_is_not_offered_is_refused(client: PageClient, wrong: dict[str, str]) -> None:
    scene = make_scene()
    client.sign_in(scene.manager)
    sent = form_in(client.get("/en/account/messages").text, "")
    assert "There is a problem" in client.post("/en/account/messages", sent | wrong, 422).text
    assert db.session.scalar(select(func.count()).select_from(MessageChoice)) == 0


def test_a_learner_cannot_choose_for_what_is_not_hers(client: PageClient) -> None:
    learner = make_person()
    client.sign_in(learner)
    sent = form_in(client.get("/en/account/messages").text, "") | {"submitted": "none", "graded": "none"}
    client.post("/en/account/messages", sent)
    assert set(db.session.scalars(select(MessageChoice.kind))) == {"graded", "reminder"}
    assert refusing("graded", [learner.id, learner.id + 1]) == {learner.id}


def test_the_page_asks_as_much_however_much_was_chosen(client: PageClient) -> None:
    scene = make_scene()
    client.sign_in(scene.manager)

    def cost() -> int:
        client.get("/en/account/messages")
        with counted_statements() as seen:
            client.get("/en/account/messages")
        return len(seen)

    before = cost()
    choose_digests(scene.manager)
    assert cost() == before


def test_a_kind_has_one_meaning(app: Flask) -> None:
    with pytest.raises(ValueError, match="two kinds"):
        register_message_kind(MessageKind("due_30", "Other", Audience.LEARNERS))
    with pytest.raises(ValueError, match="does not come"), write_unit():
        choose(make_person().id, {"graded": Choice.DIGEST})


# The way out


def way_out(mail: Any) -> str:
    """The path of the address in a mail's header."""
    assert mail["List-Unsubscribe"].startswith("<https://learn.example.org/")
    return str(mail["List-Unsubscribe"])[len("<https://learn.example.org") : -1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_click_ends_a_kind_without_signing_in(
    app: Flask, client: PageClient, mailbox: Mailbox, language: str
) -> None:
    scene = make_scene(language)
    scene.awarded()
    deliver(app)
    (mail,) = mailbox.mails
    path = way_out(mail)
    plain, html = parts(mail)
    assert f"https://learn.example.org{path}" in plain.splitlines(), "in one line, as programs need it"
    assert f'href="https://learn.example.org{path}"' in html
    client.get(path)
    assert choices_of(scene.manager.id)["awarded"] is Choice.AT_ONCE, "looking ends nothing"
    answer = client.http.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    kept = choices_of(scene.manager.id)
    assert (kept["awarded"], kept["revoked"]) == (Choice.NONE, Choice.AT_ONCE)
    client.http.post(path, data={"List-Unsubscribe": "One-Click"})
    scene.date_came("due_30")
    deliver(app)
    assert len(mailbox.mails) == 2, "other kinds still come"


def test_by_hand_it_is_two_steps_and_leads_to_the_page_of_choices(client: PageClient) -> None:
    person = with_mail()
    path = f"/en/unsubscribe/{unsubscribe_token(person.public_id, 'graded')}"
    page = client.get(path).text
    assert "/en/account/messages" in page
    assert "Your answers are graded" in page
    page = client.post(path, form_in(page, ""), 200).text
    assert "These mails have ended" in page
    assert choices_of(person.id)["graded"] is Choice.NONE


def test_what_we_did_not_sign_ends_nothing(client: PageClient) -> None:
    person = make_person()
    good = unsubscribe_token(person.public_id, "graded")
    gone = unsubscribe_token("nobody00", "graded")
    unknown = unsubscribe_token(person.public_id, "weather")
    for token in ("x", good[:-2] + "zz", gone, unknown):
        client.get(f"/en/unsubscribe/{token}", 404)
        client.post(f"/en/unsubscribe/{token}", status=404)
    with write_unit() as session:
        erase_person(session.get_one(Person, person.id), now())
    client.get(f"/en/unsubscribe/{good}", 404)
    assert db.session.scalar(select(func.count()).select_from(MessageChoice)) == 0


def test_without_https_no_one_click_is_promised(app: Flask, mailbox: Mailbox) -> None:
    settings = app.extensions["lms_settings"]
    app.extensions["lms_settings"] = type(settings)(**{**vars(settings), "base_url": "http://learn.example.org"})
    make_scene().awarded()
    deliver(app)
    assert "List-Unsubscribe-Post" not in mailbox.mails[0]
    assert mailbox.mails[0]["List-Unsubscribe"].startswith("<http://")


# The digest


@pytest.mark.parametrize(
    ("at", "weekday", "hour", "expected"),
    [
        ("2026-08-03T04:00", None, 8, "2026-08-03T04:30"),
        ("2026-08-03T04:30", None, 8, "2026-08-04T04:30"),
        ("2026-08-03T22:00", None, 0, "2026-08-04T20:30"),
        ("2026-08-03T04:00", 5, 8, "2026-08-08T04:30"),
        ("2026-08-08T05:00", 5, 8, "2026-08-15T04:30"),
    ],
)
def test_the_digest_comes_at_her_hour(at: str, weekday: int | None, hour: int, expected: str) -> None:
    begun = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert next_digest(begun, TEHRAN, weekday, hour) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_the_hour_holds_when_clocks_are_changed() -> None:
    before = datetime(2026, 4, 22, 12, tzinfo=UTC)
    assert next_digest(before, "Africa/Cairo", None, 8).hour == 6
    assert next_digest(before + timedelta(days=1), "Africa/Cairo", None, 8).hour == 5
    night = before + timedelta(days=1)
    assert night < next_digest(night, "Africa/Cairo", None, 0) <= night + timedelta(days=1), "an hour that is left out"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_came_together_comes_in_one_mail(app: Flask, mailbox: Mailbox, language: str) -> None:
    scene = make_scene(language)
    choose_digests(scene.manager)
    scene.awarded()
    for mark in ("window", "due_30"):
        scene.date_came(mark)
    deliver(app)
    send_digests({})
    deliver(app)
    assert mailbox.mails == []
    tomorrow(app)
    mails = {mail["To"]: mail for mail in mailbox.mails}
    assert len(mailbox.mails) == 2
    plain, html = parts(mails[scene.manager.email])
    assert plain.count("– ") == 3
    assert html.count("<li>") == 3
    assert plain.count(scene.organization.public_id) == 1, "one way to one board"
    assert "\n\n\n" not in plain
    assert not any(mark in plain + html for mark in ("%(", "{{", "None"))
    assert parts(mails[scene.admin.email])[0].count("– ") == 1
    assert waiting() == 0
    tomorrow(app, 2)
    assert len(mailbox.mails) == 2, "nothing to tell, nothing is sent"


def test_a_weekly_digest_waits_for_its_day(app: Flask, mailbox: Mailbox) -> None:
    scene = make_scene()
    choose_digests(scene.manager)
    with write_unit():
        choose_digest_time(scene.manager.id, (now().date() + timedelta(days=3)).weekday(), 8)
    scene.awarded()
    tomorrow(app)
    assert mailbox.mails == []
    tomorrow(app, 4)
    assert len(mailbox.mails) == 1


@pytest.mark.usefixtures("mail_on")
def test_another_time_moves_what_waits_and_a_refused_kind_goes(client: PageClient) -> None:
    scene = make_scene()
    choose_digests(scene.manager)
    with write_unit() as session:
        session.get_one(Person, scene.manager.id).time_zone = TEHRAN
    add(MessageChoice(person_id=scene.admin.id, kind="ending", choice=Choice.NONE))
    scene.awarded()
    scene.date_came("due_30")
    assert waiting() == 2
    client.sign_in(scene.manager)
    sent = form_in(client.get("/en/account/messages").text, "")
    client.post("/en/account/messages", sent | {"awarded": "none", "digest_hour": "0", "digest_day": "2"})
    (due,) = db.session.scalars(select(DigestEntry.due_at)).all()
    assert due == next_digest(now(), TEHRAN, 2, 0)


def test_the_way_out_of_the_digest_ends_all_that_comes_in_it(app: Flask, client: PageClient, mailbox: Mailbox) -> None:
    scene = make_scene()
    choose_digests(scene.manager)
    scene.awarded()
    tomorrow(app)
    client.http.post(way_out(mailbox.mails[0]), data={"List-Unsubscribe": "One-Click"})
    assert {choices_of(scene.manager.id)[key] for key, kind in message_kinds().items() if kind.can_wait} == {
        Choice.NONE
    }


def test_a_digest_that_was_sent_and_not_noted_is_sent_again_with_the_same_id(app: Flask, mailbox: Mailbox) -> None:
    """As where the process died between the server's acceptance and our commit."""
    scene = make_scene()
    choose_digests(scene.manager)
    scene.awarded()
    entry = db.session.scalars(select(DigestEntry)).one()
    kept: dict[str, Any] = {"person_id": entry.person_id, "message_id": entry.message_id, "due_at": entry.due_at}
    tomorrow(app)
    arguments = {"person": scene.manager.id, "until": kept["due_at"].isoformat()}
    add(DigestEntry(**kept, asked_at=now()))
    mail_digest(arguments)
    mail_digest(arguments)
    assert len(mailbox.mails) == 2
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1


def test_a_digest_is_asked_for_once_however_often_the_worker_looks(app: Flask, mailbox: Mailbox) -> None:
    scene = make_scene()
    choose_digests(scene.manager)
    scene.awarded()
    mailbox.reply = "451 later"
    tomorrow(app)
    tomorrow(app)
    jobs = db.session.scalars(select(Job).where(Job.kind == "digest")).all()
    assert [job.state for job in jobs] == [JobState.WAITING]
    assert waiting() == 1, "what was not sent is kept"
    mailbox.reply = "250 OK"
    scene.date_came("due_7")
    tomorrow(app, 2)
    db.session.rollback()
    assert len(mailbox.mails) >= 1
    assert sum(parts(mail)[0].count("– ") for mail in mailbox.mails if mail["To"] == scene.manager.email) == 2
    assert waiting() == 0


@pytest.mark.usefixtures("mail_on")
def test_digests_of_many_are_asked_for_some_at_a_time(app: Flask) -> None:
    """Twice as many people cost twice the batches, not statements of their own."""
    scene = make_scene()
    scene.awarded()
    message_id = db.session.scalars(select(Message.id)).one()

    def cost(people: int) -> int:
        with write_unit() as session:
            rows = [Person(sign_in_key=None, language="fa") for _ in range(people)]
            session.add_all(rows)
            session.flush()
            past = now() - timedelta(hours=1)
            session.add_all(DigestEntry(person_id=row.id, message_id=message_id, due_at=past) for row in rows)
        with counted_statements() as seen:
            send_digests({})
        return len(seen)

    assert cost(AT_ONCE // 2) == cost(AT_ONCE)
    asked = db.session.scalar(select(func.count()).where(Job.kind == "digest"))
    assert asked == AT_ONCE + AT_ONCE // 2
    assert cost(2 * AT_ONCE) > cost(1)


@pytest.mark.usefixtures("mail_on")
def test_who_manages_no_more_reads_nothing_in_her_digest(app: Flask) -> None:
    scene = make_scene()
    choose_digests(scene.manager)
    scene.awarded()
    with write_unit() as session:
        session.get_one(Person, scene.manager.id).email_key = None
    until = db.session.scalars(select(DigestEntry.due_at)).one()
    mail_digest({"person": scene.manager.id, "until": until.isoformat()})
    assert waiting() == 0


def test_however_much_came_together_no_statement_names_it_all(app: Flask, mailbox: Mailbox) -> None:
    """A database takes 32,766 (SQLite) or 65,535 (PostgreSQL) parameters in a statement, and then refuses it."""
    scene = make_scene()
    choose_digests(scene.manager)
    scene.awarded()
    entry = db.session.scalars(select(DigestEntry)).one()
    told = db.session.get_one(Message, entry.message_id)
    many = range(2 * MOST_NAMED)
    with write_unit() as session:
        of = {"at": told.at, "organization_id": told.organization_id, "network_id": told.network_id}
        kept = {"kind": "awarded", "level_id": told.level_id}
        keys = session.scalars(
            insert(Message).returning(Message.id), [{"key": f"again {n}", **of, **kept} for n in many]
        ).all()
        entries = [{"person_id": scene.manager.id, "message_id": key, "due_at": entry.due_at} for key in keys]
        session.execute(insert(DigestEntry), entries)
    arguments = {"person": scene.manager.id, "until": entry.due_at.isoformat()}
    with counted_statements() as seen:
        mail_digest(arguments)
    assert max(len(re.findall(r"\?|%\(\w+\)s", statement)) for statement in seen) <= MOST_NAMED + 5
    (mail,) = mailbox.mails
    assert parts(mail)[0].count("– ") == MOST_LISTED
    assert waiting() == 0


# Privacy


@pytest.mark.usefixtures("mail_on")
def test_choices_come_with_her_data_and_leave_with_her(client: PageClient) -> None:
    scene: Scene = make_scene()
    choose_digests(scene.manager)
    with write_unit():
        choose_digest_time(scene.manager.id, 5, 7)
    scene.awarded()
    client.sign_in(scene.manager)
    with ZipFile(BytesIO(client.get("/en/account/my-data/download").data)) as archive:
        said = json.loads(archive.read("my-data.json"))["messages"]
    assert {"message": "A level was awarded", "by_mail": "In the summary"} in said
    assert said[-1] == {"digest_weekday": 5, "digest_hour": 7}
    with write_unit() as session:
        erase_person(session.get_one(Person, scene.manager.id), now())
    for model in (MessageChoice, DigestTime, DigestEntry):
        assert db.session.scalar(select(func.count()).where(model.person_id == scene.manager.id)) == 0


def test_an_admin_of_two_networks_has_one_page(client: PageClient) -> None:
    scene, other = make_scene(), make_scene()
    grant(scene.admin, Role.NETWORK_ADMIN, network=other.network)
    client.sign_in(scene.admin)
    assert client.get("/en/account/messages").text.count('name="submitted"') == 1
