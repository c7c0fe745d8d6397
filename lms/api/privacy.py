"""What the API keeps about a person: the tokens that she made."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.api.models import ApiToken
from lms.db import db, text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _

LABELS = {"name": _("Name"), "network": _("Network"), "made_at": _("Made at"), "last_day": _("Last day")}


def tokens_of(person: Person) -> list[dict[str, Any]]:
    """What for, for which network and until when; the secrets are not known."""
    query = select(ApiToken).where(ApiToken.person_id == person.id).options(joinedload(ApiToken.network))
    return [
        {
            "name": each.name,
            "network": text_of(each.network.names, language()),
            "made_at": each.made_at,
            "last_day": each.expires_on,
        }
        for each in db.session.scalars(query.order_by(ApiToken.id))
    ]


def forget(person: Person, _now: datetime) -> None:
    """Her tokens open nothing; nobody knows any more which of others' she ended."""
    db.session.execute(delete(ApiToken).where(ApiToken.person_id == person.id))
    db.session.execute(update(ApiToken).where(ApiToken.revoked_by_id == person.id).values(revoked_by_id=None))


def register_privacy() -> None:
    """Add them to every download and every erasing."""
    register_exporter("api_tokens", tokens_of, title=_("Tokens of the API"), labels=LABELS)
    register_eraser(forget)
