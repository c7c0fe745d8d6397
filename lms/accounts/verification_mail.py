"""The mail by which a person confirms an address: asked for on her profile, and where she joins with one."""

from flask import flash

from lms.accounts.addresses import whole_address
from lms.accounts.models import Person
from lms.accounts.services.profile import MAIL_LINK_LIFE, begin_mail_change
from lms.accounts.trying import count_request
from lms.clock import now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.i18n import language
from lms.messages.mails import send_verification
from lms.setup import current_settings


def ask_to_confirm(person: Person, address: str) -> None:
    """Mail a link that confirms the address and say so, or that she has asked for too many.

    Runs write units of its own.
    """
    if not count_request("confirm mail", str(person.id)):
        flash(_("You have asked for several messages. Wait a while before you ask for another."), "due")
        return
    zone = person.zone_or(current_settings().time_zone)
    until = now() + MAIL_LINK_LIFE
    with write_unit():
        token = begin_mail_change(person, address, now())
        link = whole_address("accounts.mail_confirm", lang=language(), token=token)
        send_verification(address, language(), link=link, until=until, name=person.display_name, time_zone=zone)
    flash(_("A link is on its way to your address. Open it to confirm that the address is yours."))
