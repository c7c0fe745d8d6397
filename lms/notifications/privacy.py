"""What a person chose about messages: how it is exported and erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.db import db
from lms.i18n import lazy_gettext as _
from lms.messages.choices import digest_time_of, forget_choices
from lms.messages.kinds import message_kinds
from lms.messages.models import MessageChoice
from lms.notifications.labels import CHOICES
from lms.notifications.models import DigestEntry

LABELS = {"message": _("Message"), "by_mail": _("By mail"), "digest_weekday": _("Day"), "digest_hour": _("Hour")}


def written_choices(person: Person) -> list[dict[str, Any]]:
    """What she chose herself; of all else the default holds."""
    query = select(MessageChoice).where(MessageChoice.person_id == person.id).order_by(MessageChoice.kind)
    kinds = message_kinds()
    found: list[dict[str, Any]] = [
        {
            "message": str(kinds[each.kind].label) if each.kind in kinds else each.kind,
            "by_mail": str(CHOICES[each.choice]),
        }
        for each in db.session.scalars(query)
    ]
    time = digest_time_of(person.id)
    return [*found, {"digest_weekday": time.weekday, "digest_hour": time.hour}] if time else found


def forget_messages(person: Person, _now: datetime) -> None:
    """Drop her choices, and what waits for her digest."""
    forget_choices(person.id)
    db.session.execute(delete(DigestEntry).where(DigestEntry.person_id == person.id))


def register_privacy() -> None:
    """Add choices to every download and every erasing."""
    register_exporter("messages", written_choices, title=_("Messages"), labels=LABELS)
    register_eraser(forget_messages)
