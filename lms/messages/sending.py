"""The mail job: renders one mail in two forms and hands it to the mail server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
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
PORTS = {"smtp": 587, "smtps": 465}
REFUSED_FOR_GOOD = 500


@job_kind("mail", max_tries=9)
def deliver(arguments: dict[str, Any]) -> None:
    """Send the mail that `send_mail` asked for. Sent twice, it carries the same Message-ID."""
    settings = current_settings()
    if not settings.smtp_url:
        raise GiveUp("mail is off")
    message = rendered(current_app, settings, arguments)
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
    values = {**mail["values"], "lang": mail["language"], "dir": direction(mail["language"])}
    with reading_as(Formatter(mail["language"])):
        message["From"] = _sender(settings)
        for form, subtype in (("txt", "plain"), ("html", "html")):
            text = app.jinja_env.get_template(f"messages/{mail['template']}.{form}").render(values)
            add = message.set_content if subtype == "plain" else message.add_alternative
            add(text.strip() + "\n", subtype=subtype)
    # Last: adding the second part moves the content headers that stand there into the first.
    message["Content-Language"] = mail["language"]
    return message


def _sender(settings: Settings) -> Address:
    name, address = parseaddr(settings.mail_from)
    return Address(name or gettext("Tashbik"), addr_spec=address)


@contextmanager
def _server(url: SplitResult) -> Iterator[smtplib.SMTP]:
    """A signed-in connection; encrypted where the address says so or the server offers it."""
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
