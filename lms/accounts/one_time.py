"""Codes and links that work once, until they expire."""

from datetime import datetime

from sqlalchemy import select, update

from lms.accounts.models import CodeKind, OneTimeCode
from lms.db import db


def find_code(kind: CodeKind, code_hash: str, now: datetime) -> OneTimeCode | None:
    """The unused code with this hash that has not expired."""
    query = select(OneTimeCode).where(OneTimeCode.kind == kind, OneTimeCode.code_hash == code_hash)
    return db.session.scalars(query.where(OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now)).one_or_none()


def use_up(code: OneTimeCode, now: datetime) -> bool:
    """Use a code up; False where somebody else just did. One statement decides."""
    unused = update(OneTimeCode).where(OneTimeCode.id == code.id, OneTimeCode.used_at.is_(None))
    return db.session.scalar(unused.values(used_at=now).returning(OneTimeCode.id)) is not None


def void_codes(kind: CodeKind, person_id: int | None, now: datetime) -> None:
    """Make every code of this kind that was made for a person before (or for nobody yet) worthless."""
    codes = update(OneTimeCode).where(OneTimeCode.kind == kind, OneTimeCode.person_id == person_id)
    db.session.execute(codes.where(OneTimeCode.used_at.is_(None)).values(used_at=now))
