"""Keeping what is typed of a scheme until it is saved, and saving it only on what it began from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from lms.accounts.locking import lock_person
from lms.certification.defaults import SchemePlan
from lms.certification.models import Revision, Scheme, SchemeDraft
from lms.certification.queries.revisions import newest_number, scheme_draft
from lms.certification.services.schemes import revise
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Network

LONGEST_NOTE = 1_000


def keep_draft(network_id: int, person_id: int, typed: dict[str, Any], *, base: int, now: datetime) -> SchemeDraft:
    """Keep what somebody has typed; `base` is the number of the revision that she began from."""
    lock_person(person_id)
    draft = scheme_draft(network_id, person_id)
    if draft is None:
        draft = SchemeDraft(network_id=network_id, person_id=person_id)
        db.session.add(draft)
    draft.base, draft.typed, draft.changed_at = base, typed, now
    db.session.flush()
    return draft


def discard_draft(network_id: int, person_id: int) -> None:
    """Forget what somebody has typed."""
    db.session.execute(
        delete(SchemeDraft).where(SchemeDraft.network_id == network_id, SchemeDraft.person_id == person_id)
    )


def go_on_from_newest(draft: SchemeDraft) -> None:
    """Let what is typed replace what somebody else has saved meanwhile."""
    draft.base = newest_number(draft.network_id)


def save_draft(
    network: Network, draft: SchemeDraft, plan: SchemePlan, *, starts_on: date, note: str, now: datetime
) -> Revision:
    """Make what is typed a revision, and the draft nothing.

    Raises NotAllowed where the scheme was changed since the draft began, else DomainError as `revise` does.
    """
    if not note.strip():
        raise DomainError(_("Say why."), "note")
    db.session.execute(select(Scheme.id).where(Scheme.network_id == network.id).with_for_update())
    if newest_number(network.id) != draft.base:
        raise NotAllowed(_("Somebody else has changed the scheme meanwhile."))
    made = revise(
        network,
        plan,
        starts_on=starts_on,
        reaches_running=bool(draft.typed["reaches_running"]),
        note=note.strip(),
        actor_id=draft.person_id,
        now=now,
    )
    discard_draft(network.id, draft.person_id)
    return made
