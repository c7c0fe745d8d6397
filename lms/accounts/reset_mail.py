"""The mails about another password. A job looks for the person: asking for a link takes equally long for everybody."""

from typing import Any

from lms.accounts.addresses import whole_address
from lms.accounts.models import Person
from lms.accounts.queries import person_signing_in_as
from lms.accounts.services import make_reset_token
from lms.accounts.services.resets import LIFE
from lms.clock import now
from lms.db import write_unit
from lms.jobs import enqueue, job_kind
from lms.messages.mails import send_password_set, send_reset
from lms.setup import current_settings

KIND = "reset_mail"


def ask_for_reset_mail(address_key: str) -> None:
    """Ask, in the present write unit, for a link to whoever signs in with this (folded) address."""
    enqueue(KIND, {"address": address_key})


@job_kind(KIND)
def mail_reset_link(arguments: dict[str, Any]) -> None:
    """Make a link and ask for its mail, where somebody signs in with the address."""
    address = str(arguments["address"])
    person = person_signing_in_as(address) if "@" in address else None
    if person is None or not person.email:
        return
    zone = person.zone_or(current_settings().time_zone)
    until = now() + LIFE
    with write_unit():
        link = whole_address("accounts.reset", lang=person.language, token=make_reset_token(person, now()))
        send_reset(person.email, person.language, link=link, until=until, name=person.display_name, time_zone=zone)


def tell_password_set(person: Person) -> None:
    """Ask, in the present write unit, for a mail that tells the person, at an address that she confirmed."""
    if person.email and person.email_key:
        link = whole_address("accounts.forgotten", lang=person.language)
        send_password_set(person.email, person.language, link=link, name=person.display_name)
