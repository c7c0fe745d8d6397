"""What is kept of a person's certificates: how it is exported and erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.certification.models import Credential, SchemeDraft, Visibility
from lms.certification.queries import credentials_of_person
from lms.certification.services.bundles import let_bundles_of_person_go
from lms.certification.sheets import award_title
from lms.db import db
from lms.i18n import lazy_gettext as _

LABELS = {
    "code": _("Certificate code"),
    "award": _("What it was awarded for"),
    "issued_on": _("Issued on"),
    "expires_on": _("Valid until"),
    "visibility": _("Who can find it"),
    "withdrawn_at": _("Taken back on"),
}


def certificates_of(person: Person) -> list[dict[str, Any]]:
    """What she was given, the newest first; what she took back, too."""
    return [
        {
            "code": each.code,
            "award": award_title(each),
            "issued_on": each.issued_on,
            "expires_on": each.expires_on,
            "visibility": each.visibility,
            "withdrawn_at": each.withdrawn_at,
        }
        for each in credentials_of_person(person.id, taken_back=True)
    ]


def hide_certificates(person: Person, now: datetime) -> None:
    """Take her certificates off every list, and out of the files that hold them. Their codes stay known, and say no
    more than that she erased her data."""
    let_bundles_of_person_go(person.id, now)
    db.session.execute(
        update(Credential).where(Credential.person_id == person.id).values(visibility=Visibility.UNLISTED)
    )


def forget_drafts(person: Person, _now: datetime) -> None:
    """What she has typed of schemes and not saved was only hers."""
    db.session.execute(delete(SchemeDraft).where(SchemeDraft.person_id == person.id))


def register_privacy() -> None:
    """Add certificates to every download and every erasing; what is half typed, to erasing only."""
    register_exporter("certificates", certificates_of, title=_("Certificates"), labels=LABELS)
    register_eraser(hide_certificates)
    register_eraser(forget_drafts)
