"""One's own data as a file: a ZIP of a JSON text for programs and a page for people."""

import json
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import render_template
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.notices import written_notices
from lms.accounts.privacy import exported, exports, register_exporter
from lms.accounts.queries import open_sessions
from lms.clock import now
from lms.db import db
from lms.events.models import EventRow
from lms.i18n import lazy_gettext as _

LABELS = {
    "sign_in_name": _("Sign-in name"),
    "display_name": _("Your name"),
    "name_latin": _("Name in Latin letters"),
    "email": _("Mail address"),
    "phone": _("Phone"),
    "language": _("Language"),
    "country": _("Country"),
    "time_zone": _("Time zone"),
    "created_at": _("Account made"),
    "second_factor_since": _("Second factor since"),
}
SESSION_LABELS = {"browser": _("Browser"), "signed_in_at": _("Signed in"), "last_used_at": _("Last used")}
NOTICE_LABELS = {"notice": _("Notice"), "at": _("When"), "seen_at": _("Seen")}
EVENT_LABELS = {"at": _("When"), "event": _("What")}


def account_of(person: Person) -> dict[str, Any]:
    """The profile and the preferences; of secrets only that there is one."""
    plain = ("sign_in_name", "display_name", "name_latin", "email", "phone", "language", "country", "time_zone")
    values = {name: getattr(person, name) for name in plain}
    return values | {"created_at": person.created_at, "second_factor_since": person.totp_confirmed_at}


def sessions_of(person: Person) -> list[dict[str, Any]]:
    """Where she is signed in."""
    return [
        {"browser": session.agent, "signed_in_at": session.created_at, "last_used_at": session.seen_at}
        for session in open_sessions(person.id, now())
    ]


def events_of(person: Person) -> list[dict[str, Any]]:
    """What she did, as the log says it."""
    query = select(EventRow.occurred_at, EventRow.name).where(EventRow.actor_id == person.id).order_by(EventRow.id)
    return [{"at": at, "event": name} for at, name in db.session.execute(query)]


def register_exporters() -> None:
    """Add what accounts keep to every download."""
    register_exporter("account", account_of, title=_("Account"), labels=LABELS)
    register_exporter("sessions", sessions_of, title=_("Where you are signed in"), labels=SESSION_LABELS)
    register_exporter("notices", written_notices, title=_("Notices"), labels=NOTICE_LABELS)
    register_exporter("log", events_of, title=_("What the log says of you"), labels=EVENT_LABELS)


def data_archive(person: Person) -> bytes:
    """The ZIP of everything that is kept about a person, its page in the reader's language."""
    data, stream = exported(person), BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", json.dumps(data, ensure_ascii=False, indent=2, default=_written))
        archive.writestr("my-data.html", render_template("accounts/export.html", parts=exports(), data=data))
    return stream.getvalue()


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
