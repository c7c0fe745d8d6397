"""What holders can show."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from lms.certification.models import Award, Credential, Visibility
from lms.db import Texts, db, read
from lms.organizations.models import Membership
from lms.organizations.queries import in_force
from lms.progress.models import ModuleCompletion
from lms.text import code_is_well_formed, normalize_code
from lms.training.models import Kit, ModuleVersion
from lms.training.published import published

WHOLE = (
    joinedload(Credential.person),
    joinedload(Credential.organization),
    joinedload(Credential.network),
    joinedload(Credential.kit),
    joinedload(Credential.completion).joinedload(ModuleCompletion.version).defer(ModuleVersion.tree),
    joinedload(Credential.award).joinedload(Award.cycle),
)


def credential_by_code(code: str) -> Credential | None:
    """The credential that a code names, however it was typed, with everything that its page tells."""
    if not code_is_well_formed(code):
        return None
    return db.session.scalars(
        select(Credential).where(Credential.code == normalize_code(code)).options(*WHOLE)
    ).one_or_none()


def credentials_of_person(person_id: int, *, taken_back: bool = False) -> list[Credential]:
    """Her credentials, the newest first; with `taken_back` those too that she holds no more."""
    kept = () if taken_back else (Credential.withdrawn_at.is_(None),)
    return list(
        db.session.scalars(
            select(Credential)
            .where(Credential.person_id == person_id, *kept)
            .options(*WHOLE)
            .order_by(Credential.issued_on.desc(), Credential.id.desc())
        )
    )


def given_up(given: Sequence[Credential]) -> list[Credential]:
    """Of all that a person was given, the newest first: what she took back and holds nothing for, each once."""
    held = {(each.kit_id, each.module_completion_id) for each in given if each.withdrawn_at is None}
    last = {(each.kit_id, each.module_completion_id): each for each in reversed(given)}
    return [each for what, each in reversed(last.items()) if what not in held]


# Built once: every home page asks it.
_NEWEST = (
    select(Credential.code, Kit.titles, ModuleVersion.uid)
    .outerjoin(Kit, Kit.id == Credential.kit_id)
    .outerjoin(ModuleCompletion, ModuleCompletion.id == Credential.module_completion_id)
    .outerjoin(ModuleVersion, ModuleVersion.id == ModuleCompletion.version_id)
    .where(Credential.person_id == bindparam("person"), Credential.withdrawn_at.is_(None))
    .order_by(Credential.issued_on.desc(), Credential.id.desc())
    .limit(bindparam("most"))
)


def newest_titles(person_id: int, most: int) -> list[tuple[str, Texts]]:
    """Code and titles of her newest certificates, at most so many."""
    rows = read(_NEWEST, person=person_id, most=most).all()
    versions = published(row.uid for row in rows if row.uid)
    return [(row.code, versions[row.uid].titles if row.uid else row.titles) for row in rows]


def listed_in(organization_id: int, day: date, most: int = 50) -> list[Credential]:
    """Certificates that members of an organization chose to show on its page, the newest first."""
    members = select(Membership.person_id).where(
        Membership.organization_id == organization_id, Membership.confirmed_at.is_not(None), in_force(Membership, day)
    )
    return list(
        db.session.scalars(
            select(Credential)
            .where(Credential.visibility == Visibility.LISTED, Credential.person_id.in_(members))
            .where(Credential.withdrawn_at.is_(None))
            .options(*WHOLE)
            .order_by(Credential.issued_on.desc(), Credential.id.desc())
            .limit(most)
        )
    )
