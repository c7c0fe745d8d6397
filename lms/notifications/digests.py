"""Digests: what a person wants together comes in one mail, at her hour.

Entries know when they are due, so that looking for the next digests reads only those. A digest is a job; entries go
once the mail server has it. Killed in the middle, it is sent again with the same Message-ID.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import delete, func, select, update

from lms.accounts.addresses import whole_address
from lms.accounts.models import Person
from lms.batches import batched
from lms.clock import now
from lms.db import db, write_unit
from lms.i18n import gettext as _
from lms.i18n import ngettext, reader, reading_as
from lms.jobs import enqueue_all, job_kind, periodic, renew_lease
from lms.messages.choices import choices_of
from lms.messages.kinds import Choice
from lms.messages.sending import LEASE, MOST_TRIES, hand_over
from lms.notifications.mails import Mail, addressed, board_link, reached, reads_as
from lms.notifications.models import DigestEntry
from lms.notifications.queries import Told, told, told_to

DIGEST = "digest"
EVERY = timedelta(minutes=15)
AT_ONCE = 500
"""People whose digests are asked for in one transaction."""
MOST_LISTED = 100
MOST_NAMED = 1000
"""Rows that one statement names: a database takes 32,766 (SQLite) or 65,535 (PostgreSQL) parameters."""
KEPT = timedelta(days=30)


@periodic("send_digests", every=EVERY, lease=LEASE)
def send_digests(_arguments: dict[str, Any]) -> None:
    """Ask for every digest that is due, some people at a time; drop what could not be sent for a month."""
    at = now()
    after: int | None = 0
    while after is not None:
        with write_unit():
            after = _ask_for_some(at, after)
        renew_lease()
    with write_unit() as session:
        session.execute(delete(DigestEntry).where(DigestEntry.asked_at < at - KEPT))


def _ask_for_some(at: datetime, after: int) -> int | None:
    """Ask for the digests of the next people after that id; gives the last one's id, or None where there is none."""
    waits = (DigestEntry.asked_at.is_(None), DigestEntry.due_at <= at)
    due = (
        select(DigestEntry.person_id, func.max(DigestEntry.due_at).label("due_at"))
        .where(*waits, DigestEntry.person_id > after)
        .group_by(DigestEntry.person_id)
        .order_by(DigestEntry.person_id)
        .limit(AT_ONCE)
    )
    rows = db.session.execute(due).all()
    if not rows:
        return None
    asked_for = {
        f"digest:{id_}:{until.isoformat()}": {"person": id_, "until": until.isoformat()} for id_, until in rows
    }
    enqueue_all(DIGEST, asked_for)
    mine = DigestEntry.person_id.between(rows[0].person_id, rows[-1].person_id)
    db.session.execute(update(DigestEntry).where(*waits, mine).values(asked_at=at))
    last: int = rows[-1].person_id
    return last


@job_kind(DIGEST, lease=LEASE, max_tries=MOST_TRIES)
def mail_digest(arguments: dict[str, Any]) -> None:
    """Send a person what has come together until then, and let it go."""
    until = datetime.fromisoformat(arguments["until"])
    person = reached(arguments["person"])
    mine = (DigestEntry.person_id == arguments["person"], DigestEntry.due_at <= until)
    entries = dict(db.session.execute(select(DigestEntry.message_id, DigestEntry.id).where(*mine)).all())
    found = _wanted(person, entries) if person and entries else []
    mail = digest_of(person, found, until) if person and found else None
    db.session.rollback()
    if mail is not None:
        hand_over(mail)
    with write_unit() as session:
        for some in batched(entries.values(), MOST_NAMED):
            session.execute(delete(DigestEntry).where(DigestEntry.id.in_(some)))


def _wanted(person: Person, message_ids: Iterable[int]) -> list[Told]:
    """Those of the messages that still concern her and that she did not refuse, in their order."""
    choices = choices_of(person.id)
    found = (each for some in batched(sorted(message_ids), MOST_NAMED) for each in told(some).values())
    return [each for each in told_to(person.id, found) if choices[each.message.kind] is not Choice.NONE]


def digest_of(person: Person, found: list[Told], until: datetime) -> Mail:
    """The mail: what happened by organization, each with the way to its board."""
    with reading_as(reads_as(person)):
        values = {
            "name": person.display_name,
            "opening": _many(len(found)),
            "groups": [
                {"link": link, "sentences": [each.sentence for each in group]}
                for link, group in _by_board(person, found[:MOST_LISTED])
            ],
            "before": str(_("Open this link to see all notices:")),
            "link": whole_address("accounts.notices", lang=person.language),
        }
        subject = str(_("News of certification: %(day)s", day=reader().day(until)))
    mail = addressed(person, f"digest {person.uid} {until.isoformat()}", DIGEST)
    return {**mail, "subject": subject, "template": "digest", "values": values}


def _many(n: int) -> str:
    return ngettext(
        "%(num)s thing has happened since the last summary:",
        "%(num)s things have happened since the last summary:",
        n,
        num=reader().number(n),
    )


def _by_board(person: Person, found: list[Told]) -> list[tuple[str, list[Told]]]:
    linked = sorted(((board_link(each, person), each.message.id, each) for each in found), key=lambda row: row[:2])
    return [(link, [row[2] for row in group]) for link, group in groupby(linked, key=lambda row: row[0])]
