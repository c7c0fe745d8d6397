"""People and their sessions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import SORT_KEY, Addressed, Base, Exportable
from lms.formats.countries import zone_of
from lms.security.actor import Scope


class Person(Base, Exportable, Addressed):
    """One account. Erasing it empties everything but the ids."""

    __tablename__ = "person"

    sign_in_name: Mapped[str] = mapped_column(default="")
    #: Folded form of the sign-in name; what makes it unique. None once erased.
    sign_in_key: Mapped[str | None] = mapped_column(unique=True)
    display_name: Mapped[str] = mapped_column(default="")
    #: Name in Latin letters, for bilingual certificates; never transliterated.
    name_latin: Mapped[str] = mapped_column(default="")
    #: `sort_key(display_name)`, kept in step by the services.
    sort_key: Mapped[str] = mapped_column(SORT_KEY, default="")
    email: Mapped[str | None] = mapped_column(default=None)
    #: Folded mail address, set only when verified: what she may sign in with.
    email_key: Mapped[str | None] = mapped_column(unique=True, default=None)
    phone: Mapped[str | None] = mapped_column(default=None)
    password_hash: Mapped[str | None] = mapped_column(default=None)
    password_changed_at: Mapped[datetime | None] = mapped_column(default=None)
    #: Sealed by `lms.accounts.totp`.
    totp_secret: Mapped[str | None] = mapped_column(default=None)
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    #: Last accepted TOTP time step: a code works once.
    totp_last_step: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(2), default="fa")
    country: Mapped[str | None] = mapped_column(String(2), default=None)
    digits: Mapped[str] = mapped_column(String(8), default="auto")
    calendar: Mapped[str] = mapped_column(String(10), default="auto")
    hijri: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str] = mapped_column(default="")
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    created_at: Mapped[datetime] = mapped_column(default=now)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)

    sessions: Mapped[list["UserSession"]] = relationship(back_populates="person", passive_deletes=True)

    def scope(self) -> Scope:
        """Her own."""
        return Scope(person_id=self.id)

    def zone_or(self, time_zone: str) -> str:
        """The time zone that she chose, else her country's, else `time_zone`."""
        return self.time_zone or zone_of(self.country) or time_zone


class Identity(Base):
    """An outside identity of a person: (issuer, subject)."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    issuer: Mapped[str]
    subject: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class UserSession(Base, Addressed):
    """One signed-in browser. The cookie holds a token, this row its SHA-256."""

    __tablename__ = "user_session"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    #: Written at most once an hour.
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: Kind of browser and system ("Firefox, Android"), never the full header.
    agent: Mapped[str] = mapped_column(default="")
    second_factor_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(back_populates="sessions")

    def scope(self) -> Scope:
        """Its person's own."""
        return Scope(person_id=self.person_id)


class Throttle(Base):
    """Failed tries under one key (an HMAC that changes daily: no address is stored)."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    failures: Mapped[int] = mapped_column(default=0)
    blocked_until: Mapped[datetime | None] = mapped_column(default=None)
    last_at: Mapped[datetime]


class CodeKind(StrEnum):
    """What a one-time code is good for."""

    RESET = "reset"
    VERIFY_EMAIL = "verify_email"
    FIRST_RUN = "first_run"


class OneTimeCode(Base):
    """A code that works once, until it expires; only its hash is kept."""

    __tablename__ = "one_time_code"
    __table_args__ = (Index("ix_one_time_code_person_kind", "person_id", "kind"),)

    kind: Mapped[CodeKind] = mapped_column(String(16))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Who made it, where a manager did.
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: What it confirms (a mail address).
    about: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class RecoveryCode(Base):
    """A printed code that stands in for a lost second factor, once."""

    __tablename__ = "recovery_code"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Notice(Base, Exportable, Addressed):
    """Something happened that a person wants to know of, until she has looked at it. It holds ids, never names."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "uq_notice_unread",
            "person_id",
            "kind",
            "target_id",
            unique=True,
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_notice_person_id_created_at", "person_id", "created_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Name of a registered kind (`lms.accounts.notices`).
    kind: Mapped[str] = mapped_column(String(32))
    #: The row that it is about, of the table that the kind says.
    target_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None] = mapped_column(default=None)

    def scope(self) -> Scope:
        """Hers."""
        return Scope(person_id=self.person_id)
