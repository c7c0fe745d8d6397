"""Mail, as a mail server on the loopback interface receives it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.models import Job, JobState
from lms.jobs.worker import run_due
from lms.messages.mails import send_certificate, send_invitation, send_reset, send_verification
from lms.messages.services import mail_is_on, send_mail
from tests.conftest import LANGUAGES
from tests.mailbox import Mailbox, parts

LINK = "https://learn.example.org/i/7k2m94qd"


def invite(language: str, to: str = "maryam@example.org") -> None:
    """Ask for an invitation."""
    with write_unit():
        assert send_invitation(
            to, language, organization="انجمن Hand-in-Hand (تهران)", link=LINK, name="مریم", until=now().date()
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_reads_right_in_every_language(app: Flask, mailbox: Mailbox, language: str) -> None:
    invite(language)
    run_due(app)
    (mail,) = mailbox.mails
    plain, html = parts(mail)
    assert "\u2068انجمن Hand-in-Hand (تهران)\u2069" in mail["Subject"]
    assert mail["Content-Language"] == language
    assert mail["Message-ID"].endswith("@learn.example.org>")
    assert "\u2068مریم\u2069" in plain
    assert LINK in plain.splitlines(), "a link stands on a line of its own"
    assert "\n\n\n" not in plain
    way = "ltr" if language == "en" else "rtl"
    assert f'<div lang="{language}" dir="{way}"' in html
    assert "<bdi>مریم</bdi>" in html
    assert f'<a href="{LINK}">{LINK}</a>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_whole(app: Flask, mailbox: Mailbox, language: str) -> None:
    to, until = "maryam@example.org", now() + timedelta(hours=1)
    with write_unit():
        send_reset(to, language, link=LINK, until=until, name="مریم", time_zone="Asia/Tehran")
        send_verification(to, language, link=LINK, until=until)
        send_certificate(to, language, title="شبکه‌سازی", code="TSH-7K2M-94QD", link=LINK, name="مریم")
    run_due(app)
    assert len(mailbox.mails) == 3
    for mail in mailbox.mails:
        plain, html = parts(mail)
        assert LINK in plain.splitlines()
        assert LINK in html
        assert "{{" not in plain + html
        assert "%(" not in plain + html + mail["Subject"]
        assert "\n\n\n" not in plain
    assert "\u2066TSH-7K2M-94QD\u2069" in parts(mailbox.mails[-1])[0]


def test_a_line_feed_in_a_name_adds_no_header(app: Flask, mailbox: Mailbox) -> None:
    with write_unit():
        send_invitation("maryam@example.org", "en", organization="A\r\nBcc: other@example.org", link=LINK)
    run_due(app)
    (mail,) = mailbox.mails
    assert "Bcc" not in mail
    assert mail["Subject"] == "Invitation to \u2068A Bcc: other@example.org\u2069"


def test_markup_in_a_name_is_inert(app: Flask, mailbox: Mailbox) -> None:
    with write_unit():
        send_invitation("maryam@example.org", "en", organization="<b>A</b> & B", link=LINK)
    run_due(app)
    plain, html = parts(mailbox.mails[0])
    assert "<b>A</b> & B" in plain
    assert "&lt;b&gt;A&lt;/b&gt; &amp; B" in html


def test_a_mail_is_tried_again_with_the_same_id(app: Flask, mailbox: Mailbox) -> None:
    mailbox.reply = "451 later"
    invite("fa")
    run_due(app)
    asked = db.session.scalars(select(Job).where(Job.kind == "mail")).one()
    assert (asked.state, asked.error) == (JobState.WAITING, "SMTPDataError")
    mail_id = asked.arguments["id"]
    db.session.rollback()
    mailbox.reply = "250 OK"
    with time_machine.travel(now() + timedelta(minutes=1)):
        run_due(app)
    (mail,) = mailbox.mails
    assert mail["Message-ID"] == f"<{mail_id}@learn.example.org>"


def test_an_address_that_does_not_exist_is_given_up(app: Flask, mailbox: Mailbox) -> None:
    invite("fa", to="nobody@example.org")
    run_due(app)
    asked = db.session.scalars(select(Job).where(Job.kind == "mail")).one()
    assert (asked.state, asked.error) == (JobState.FAILED, "SMTPRecipientsRefused")


def test_without_a_mail_server_nothing_is_asked_for(app: Flask) -> None:
    assert not mail_is_on()
    with write_unit():
        assert not send_mail("maryam@example.org", "fa", "x", "invitation")
    assert db.session.scalar(select(Job).where(Job.kind == "mail")) is None
