"""Asking for mail to be sent."""

from uuid import UUID, uuid5

from lms.formats import Formatter
from lms.i18n import reading_as
from lms.jobs import enqueue
from lms.setup import current_settings
from lms.text import isolate, uuid7

MAILS = UUID("6f1d3b1e-6a0c-4f0b-9d5e-0c6a6f3f7f21")
"""Of which ids of mails are made: an arbitrary number of our own."""


def mail_is_on() -> bool:
    """Whether this installation can send mail; where it cannot, people are given links and codes to hand on."""
    return bool(current_settings().smtp_url)


def mail_id(about: str) -> str:
    """The id of a mail, fixed by what it is about and whom it is for: its Message-ID, however often it is sent."""
    return str(uuid5(MAILS, about))


def send_mail(
    to: str,
    language: str,
    subject: str,
    template: str,
    *,
    about: str = "",
    unsubscribe: str = "",
    **values: str | int | float | None,
) -> bool:
    """Ask, in the present write unit, for a mail in `language`; tells whether it will be sent.

    `subject` may be a lazy string, translated here into `language`; it may name values as %(name)s. `template` names
    `messages/<template>.txt` and `.html`; `values` are theirs. A second mail `about` the same is the same mail.
    `unsubscribe` is the address that ends such mails. Nothing is asked for when mail is off.
    """
    if not mail_is_on():
        return False
    with reading_as(Formatter(language)):
        text = str(subject)
    if "%(" in text:
        text %= {name: isolate(str(value)) for name, value in values.items()}
    mail = {
        "id": mail_id(about) if about else str(uuid7()),
        "to": to,
        "language": language,
        "subject": text,
        "template": template,
        "values": values,
        "unsubscribe": unsubscribe,
    }
    return enqueue("mail", mail, unique_key=f"mail:{mail['id']}")
