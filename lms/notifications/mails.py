"""The mail of one message: made when it is sent, from what then holds of the person and of what it is about."""

from typing import Any

from lms.accounts.addresses import way_out, whole_address
from lms.accounts.models import Person
from lms.certification.queries import local_day, standing
from lms.clock import now
from lms.db import db
from lms.formats import Formatter
from lms.i18n import gettext as _
from lms.i18n import reading_as
from lms.jobs import job_kind
from lms.messages.choices import choices_of
from lms.messages.kinds import Choice
from lms.messages.sending import LEASE, MOST_TRIES, hand_over
from lms.messages.services import mail_id
from lms.notifications.notices import board_of
from lms.notifications.queries import Told, is_answered, time_zone_of, told, told_to
from lms.notifications.services import MAIL

Mail = dict[str, Any]


@job_kind(MAIL, lease=LEASE, max_tries=MOST_TRIES)
def mail_message(arguments: dict[str, Any]) -> None:
    """Send a message to a person, unless she has left, wants no such mail any more, or need not act on it any more."""
    person = reached(arguments["person"])
    found = told_to(person.id, told([arguments["message"]]).values()) if person else []
    mails = [mail_of(each, person) for each in found if person and not _is_refused(each, person)]
    # What was read is let go: a mail server may take its time.
    db.session.rollback()
    for mail in mails:
        hand_over(mail)


def reached(person_id: int) -> Person | None:
    """A person whom mail reaches: not erased, at an address that she confirmed."""
    person = db.session.get(Person, person_id)
    return person if person and person.erased_at is None and person.email and person.email_key else None


def _is_refused(about: Told, person: Person) -> bool:
    return choices_of(person.id)[about.message.kind] is Choice.NONE or is_answered(about.message)


def reads_as(person: Person) -> Formatter:
    """How a person has numbers and dates written."""
    chosen = (person.country, person.digits, person.calendar, person.hijri)
    return Formatter(person.language, *chosen, time_zone_of(person))


def mail_of(about: Told, person: Person) -> Mail:
    """The mail, in the person's language, calendar and digits."""
    with reading_as(reads_as(person)):
        values = {
            "name": person.display_name,
            "sentence": about.sentence,
            "advice": about.advice,
            "reason": about.reason,
            "missing": missing_now(about) if about.message.kind == "at_risk" else [],
            "before": str(_("Open this link to see the board:")),
            "link": board_link(about, person),
        }
        subject = about.said(about.wording.subject)
    mail = addressed(person, f"message {about.message.uid} {person.uid}", about.message.kind)
    return {**mail, "subject": subject, "template": "certification", "values": values}


def addressed(person: Person, about: str, kind: str) -> Mail:
    """What the mails of a kind to a person have in common."""
    return {
        "id": mail_id(about),
        "to": person.email,
        "language": person.language,
        "unsubscribe": way_out(person.public_id, person.language, kind),
    }


def board_link(about: Told, person: Person) -> str:
    """The whole address of the page that shows what a message is about."""
    endpoint, values = board_of(about)
    return whole_address(endpoint, lang=person.language, **values)


def missing_now(about: Told) -> list[str]:
    """The requirements that a level was awarded for and that do not hold, in words; none where all hold again."""
    found = standing(about.organization, about.network, local_day(about.network, now()))
    levels = found.levels if found else ()
    return [each.text for level in levels if level.rule.level_id == about.message.level_id for each in level.lost]
