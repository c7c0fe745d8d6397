"""Keys, and what lists of revocations tell."""

from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, or_, select

from lms.accounts.models import Person
from lms.certification.models import Award, Credential, Cycle, CycleState, IssuerKey
from lms.certification.openbadges.keys import SigningKey, did_key
from lms.certification.openbadges.purposes import Purpose
from lms.certification.openbadges.sealed import seed_of
from lms.certification.queries.credentials import WHOLE
from lms.db import db
from lms.setup import current_settings

KEY, WEB = "key", "web"


def issuer_keys() -> list[IssuerKey]:
    """Every key, the one in use first, then the newest."""
    return list(db.session.scalars(select(IssuerKey).order_by(IssuerKey.retired_at.is_not(None), IssuerKey.id.desc())))


def key_in_use() -> IssuerKey | None:
    """The key that new credentials are signed with."""
    return db.session.scalars(select(IssuerKey).where(IssuerKey.in_use.is_(True))).one_or_none()


def key_by_public(public: str) -> IssuerKey | None:
    """The row of a public key (as multikey), if it is one of ours."""
    return db.session.scalars(select(IssuerKey).where(IssuerKey.public_key == public)).one_or_none()


def key_by_public_id(public_id: str) -> IssuerKey | None:
    """The key of an address."""
    return db.session.scalars(select(IssuerKey).where(IssuerKey.public_id == public_id)).one_or_none()


def did_web() -> str:
    """The name of this installation by its address. Only where the settings ask for it does it issue under it."""
    host = urlsplit(current_settings().base_url).netloc
    return f"did:web:{host.replace(':', '%3A')}"


def method_in_use() -> str:
    """Which kind of name new credentials are issued under."""
    return WEB if current_settings().did_web else KEY


def signing_key(key: IssuerKey, method: str) -> SigningKey | None:
    """What signs with a key; None where its private half cannot be opened here."""
    seed = seed_of(key)
    return SigningKey(seed, did_web() if method == WEB else did_key(key.public_key)) if seed else None


def credential_by_uid(uid: UUID) -> Credential | None:
    """The credential of a uid, with everything that its page tells."""
    return db.session.scalars(select(Credential).where(Credential.uid == uid).options(*WHOLE)).one_or_none()


def places_told(purpose: Purpose, number: int) -> frozenset[int]:
    """The places in a list whose bits are set."""
    return ended_places(number) if purpose is Purpose.REVOCATION else suspended_places(number)


def suspended_places(number: int) -> frozenset[int]:
    """The places in a list whose credentials do not count for the time being."""
    places = db.session.scalars(
        select(Credential.status_index)
        .join(Award, Award.id == Credential.award_id)
        .join(Cycle, Cycle.id == Award.cycle_id)
        .where(Credential.status_list == number, Credential.status_index.is_not(None))
        .where(Cycle.state == CycleState.SUSPENDED)
    )
    return frozenset(place for place in places if place is not None)


def ended_places(number: int) -> frozenset[int]:
    """The places in a list whose credentials no longer count: revoked, taken back, or of somebody who was erased."""
    places = db.session.scalars(
        select(Credential.status_index)
        .outerjoin(Person, Person.id == Credential.person_id)
        .where(Credential.status_list == number, Credential.status_index.is_not(None))
        .where(
            or_(
                Credential.revoked_at.is_not(None),
                Credential.withdrawn_at.is_not(None),
                Person.erased_at.is_not(None),
            )
        )
    )
    return frozenset(place for place in places if place is not None)


def last_list() -> int:
    """The number of the newest list; 0 where there is none."""
    return db.session.scalar(select(func.max(Credential.status_list))) or 0
