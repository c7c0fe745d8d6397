"""Asking for mail to be sent."""

from lms.formats import Formatter
from lms.i18n import reading_as
from lms.jobs import enqueue
from lms.setup import current_settings
from lms.text import isolate, uuid7


def mail_is_on() -> bool:
    """Whether this installation can send mail; where it cannot, people are given links and codes to hand on."""
    return bool(current_settings().smtp_url)


def send_mail(to: str, language: str, subject: str, template: str, **values: str | int | float | None) -> bool:
    """Ask, in the present write unit, for a mail in `language`; tells whether it will be sent.

    `subject` may be a lazy string, translated here into `language`; it may name values as %(name)s. `template` names
    `messages/<template>.txt` and `.html`; `values` are theirs. Nothing is asked for when mail is off.
    """
    if not mail_is_on():
        return False
    with reading_as(Formatter(language)):
        text = str(subject)
    if "%(" in text:
        text %= {name: isolate(str(value)) for name, value in values.items()}
    mail = {"id": str(uuid7()), "to": to, "language": language, "subject": text, "template": template, "values": values}
    return enqueue("mail", mail)
