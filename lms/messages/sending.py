"""Handing mails to the mail server, and the job that does so: a mail is rendered in two forms, in its language."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from flask import Flask, current_app

from lms.clock import now
from lms.formats import Formatter, direction
from lms.i18n import gettext, reading_as
from lms.jobs import GiveUp, job_kind
from lms.settings import Settings
from lms.setup import current_settings

TIMEOUT = 30
#: A server may take its time with each of a dozen answers before the lease ends and another worker sends the mail too.
LEASE = timedelta(seconds=12 * TIMEOUT)
MOST_TRIES = 9
PORTS = {"smtp": 587, "smtps": 465}
REFUSED_FOR_GOOD = 500


@job_kind("mail", lease=LEASE, max_tries=MOST_TRIES)
def deliver(arguments: dict[str, Any]) -> None:
    """Send the mail that `send_mail` asked for. Sent twice, it carries the same Message-ID."""
    hand_over(arguments)


def hand_over(mail: dict[str, Any]) -> None:
    """Give a mail to the mail server: it has it once this returns. Raises GiveUp where that is of no use, and anything
    else to be tried again."""
    settings = current_settings()
    if not settings.smtp_url:
        raise GiveUp("mail is off")
    message = rendered(current_app, settings, mail)
    try:
        with _server(urlsplit(settings.smtp_url)) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= REFUSED_FOR_GOOD for code, _reason in error.recipients.values()):
            raise GiveUp from error
        raise


def rendered(app: Flask, settings: Settings, mail: dict[str, Any]) -> EmailMessage:
    """The message: a plain text and an HTML part, in the mail's language."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(mail["subject"].split())
    message["To"] = mail["to"]
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{mail['id']}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    _say_how_to_end(message, mail.get("unsubscribe", ""))
    values = {"unsubscribe": mail.get("unsubscribe", ""), **mail["values"]}
    values |= {"lang": mail["language"], "dir": direction(mail["language"])}
    with reading_as(Formatter(mail["language"])):
        message["From"] = _sender(settings)
        for form, subtype in (("txt", "plain"), ("html", "html")):
            text = app.jinja_env.get_template(f"messages/{mail['template']}.{form}").render(values)
            add = message.set_content if subtype == "plain" else message.add_alternative
            add(text.strip() + "\n", subtype=subtype)
    # Last: adding the second part moves the content headers that stand there into the first.
    message["Content-Language"] = mail["language"]
    return message


def _say_how_to_end(message: EmailMessage, address: str) -> None:
    """Let mail programs offer to end such mails (RFC 2369); with one click (RFC 8058) only where the way is sealed."""
    if not address:
        return
    message["List-Unsubscribe"] = f"<{address}>"
    if address.startswith("https://"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _sender(settings: Settings) -> Address:
    name, address = parseaddr(settings.mail_from)
    return Address(name or gettext("Tashbik"), addr_spec=address)


@cache
def _trust() -> ssl.SSLContext:
    """Which certificates are believed. Reading them takes longer than making and sending a mail: once a process."""
    return ssl.create_default_context()


@contextmanager
def _server(url: SplitResult) -> Iterator[smtplib.SMTP]:
    """A signed-in connection; encrypted where the address says so or the server offers it."""
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=_trust())
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=_trust())
            server.ehlo()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
    finally:
        # Whatever becomes of the farewell: what the server has accepted must not be sent again.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()
