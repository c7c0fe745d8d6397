"""Networks, organizations, and who belongs where, from when to when."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.clock import now, today
from lms.db import SORT_KEY, Addressed, Base, Exportable, Texts
from lms.organizations.kinds import Basis, Form, Reach, Sector
from lms.security.actor import Role, Scope

#: How long a manager can take back somebody whose membership was ended.
RETURN_WITHIN = timedelta(days=30)
#: The smallest group that reports show. A network may choose a greater one, never a smaller: people may be at risk.
LEAST_THRESHOLD = 5


def only_one(name: str, *columns: str, condition: str = "ends_on IS NULL") -> Index:
    """An index that lets only one row with these columns be open."""
    where = text(condition)
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class Named(Base):
    """Names in three languages, with a sort key a language and one folded key that finds duplicates."""

    __abstract__ = True

    names: Mapped[Texts]
    sort_fa: Mapped[str] = mapped_column(SORT_KEY, default="")
    sort_ar: Mapped[str] = mapped_column(SORT_KEY, default="")
    sort_en: Mapped[str] = mapped_column(SORT_KEY, default="")
    #: Folded names of all languages, joined by a line feed: what search and the duplicate check read.
    folded: Mapped[str] = mapped_column(default="")


class Network(Named, Exportable, Addressed):
    """Organizations together."""

    __tablename__ = "network"

    form: Mapped[Form] = mapped_column(String(10), default=Form.NETWORK)
    reach: Mapped[Reach] = mapped_column(String(15), default=Reach.NATIONAL)
    basis: Mapped[Basis] = mapped_column(String(22), default=Basis.GEOGRAPHIC)
    country: Mapped[str | None] = mapped_column(String(2), default=None)
    time_zone: Mapped[str] = mapped_column(default="UTC")
    #: Smallest group whose finer cuts (language, month) are shown.
    threshold: Mapped[int] = mapped_column(default=LEAST_THRESHOLD)
    created_at: Mapped[datetime] = mapped_column(default=now)

    memberships: Mapped[list["NetworkMembership"]] = relationship(back_populates="network")

    def scope(self) -> Scope:
        """The network itself."""
        return Scope(network_ids=frozenset({self.id}))


class Organization(Named, Exportable, Addressed):
    """An NGO: the one that is certified."""

    __tablename__ = "organization"
    # A page of a network's organizations is found by their order.
    __table_args__ = (
        Index("ix_organization_sort_fa", "sort_fa", "id"),
        Index("ix_organization_sort_ar", "sort_ar", "id"),
        Index("ix_organization_sort_en", "sort_en", "id"),
        # Which countries there are.
        Index("ix_organization_country", "country"),
    )

    country: Mapped[str | None] = mapped_column(String(2), default=None)
    city: Mapped[Texts] = mapped_column(default=dict)
    sector: Mapped[Sector | None] = mapped_column(String(12), default=None)
    #: Whether its people's names may appear in the networks' reports and exports.
    shares_names: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    network_memberships: Mapped[list["NetworkMembership"]] = relationship(back_populates="organization")
    memberships: Mapped[list["Membership"]] = relationship(back_populates="organization")

    def scope(self) -> Scope:
        """The organization, in the networks that it belongs to today."""
        day = today()
        networks = frozenset(m.network_id for m in self.network_memberships if m.covers(day))
        return Scope(organization_id=self.id, network_ids=networks)


class Dated(Base):
    """Something in force from a day on, up to the day before `ends_on`; no end means until further notice.

    What ends today is in force no more, also where it began today.
    """

    __abstract__ = True

    starts_on: Mapped[date] = mapped_column(default=today)
    ends_on: Mapped[date | None] = mapped_column(default=None)

    def covers(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    @property
    def planned_end(self) -> str:
        """The day on which it ends (ISO 8601), or nothing: what events say of it."""
        return self.ends_on.isoformat() if self.ends_on else ""


class NetworkMembership(Dated):
    """An organization in a network."""

    __tablename__ = "network_membership"
    __table_args__ = (
        # With the days: which organizations are members on a day is asked everywhere.
        Index("ix_network_membership_network", "network_id", "organization_id", "starts_on", "ends_on"),
        only_one("uq_network_membership_open", "network_id", "organization_id"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
    )

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    #: The organization itself ended it: then its network cannot take it back.
    left_by_itself: Mapped[bool] = mapped_column(default=False)

    network: Mapped[Network] = relationship(back_populates="memberships")
    organization: Mapped[Organization] = relationship(back_populates="network_memberships")

    def scope(self) -> Scope:
        """The network's and the organization's."""
        return Scope(organization_id=self.organization_id, network_ids=frozenset({self.network_id}))


class Post(StrEnum):
    """What somebody is named for in an organization, beside what she may do here."""

    COORDINATOR = "coordinator"
    """Keeps up the organization's networking."""


class Membership(Dated, Addressed):
    """A person in an organization. It counts once confirmed."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_organization", "organization_id", "person_id"),
        # Where somebody belongs on a day is asked on most pages: the index says it alone.
        Index("ix_membership_person", "person_id", "organization_id", "starts_on", "ends_on", "confirmed_at"),
        only_one("uq_membership_open", "organization_id", "person_id"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    #: What she does there, in her words.
    title: Mapped[str] = mapped_column(default="")
    post: Mapped[Post | None] = mapped_column(String(15), default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: When the link was made that was for her alone and let her in; None where she came otherwise.
    invited_at: Mapped[datetime | None] = mapped_column(default=None)
    #: Who ended it: who left by herself is not brought back by a manager.
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    organization: Mapped[Organization] = relationship(back_populates="memberships")

    def may_return(self, day: date) -> bool:
        """Whether a manager can take her back: for a month, and not where she left by herself."""
        return (
            self.ends_on is not None
            and self.ends_on <= day <= self.ends_on + RETURN_WITHIN
            and self.confirmed_at is not None
            and self.ended_by_id != self.person_id
        )

    def scope(self) -> Scope:
        """The organization's, and the person's own."""
        return replace(self.organization.scope(), person_id=self.person_id)


class Grant(Dated):
    """A role of a person over an organization, a network, or the site."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("organization_id IS NULL OR network_id IS NULL", name="one_scope"),
        CheckConstraint("(role = 'manager') = (organization_id IS NOT NULL)", name="manager_of_organization"),
        CheckConstraint("role NOT IN ('network_admin', 'reviewer') OR network_id IS NOT NULL", name="role_of_network"),
        only_one(
            "uq_role_grant_manager", "organization_id", "person_id", condition="ends_on IS NULL AND role = 'manager'"
        ),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(String(15))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    network: Mapped[Network | None] = relationship()
    organization: Mapped[Organization | None] = relationship()

    def scope(self) -> Scope:
        """What it is over."""
        networks = frozenset({self.network_id} if self.network_id else ())
        site = self.network_id is None and self.organization_id is None
        return Scope(organization_id=self.organization_id, network_ids=networks, site=site)


class InvitedAs(StrEnum):
    """What an invitation makes of who takes it."""

    MEMBER = "member"
    MANAGER = "manager"
    #: Nobody's: whoever administers a network can admit the organization by it.
    NETWORK = "network"


class Invitation(Base, Addressed):
    """A link into an organization. Opening it uses nothing up; joining does."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("max_uses IS NULL OR uses <= max_uses", name="uses"),
        CheckConstraint("invited_as <> 'manager' OR max_uses = 1", name="manager_link_is_single"),
    )

    #: The secret of the link /i/<code>.
    code: Mapped[str] = mapped_column(String(32), unique=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    invited_as: Mapped[InvitedAs] = mapped_column(String(8), default=InvitedAs.MEMBER)
    #: Whom it is for, where it is for one person: shown to the manager and offered as display name.
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(2), default="fa")
    #: Links that were made from one list bear the same.
    batch: Mapped[str | None] = mapped_column(String(16), index=True, default=None)
    #: None: as many as like.
    max_uses: Mapped[int | None] = mapped_column(default=1)
    uses: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)

    organization: Mapped[Organization] = relationship()
    created_by: Mapped[Person | None] = relationship(foreign_keys=[created_by_id])

    @property
    def is_single(self) -> bool:
        """Whether it is for one person."""
        return self.max_uses == 1

    @property
    def is_used_up(self) -> bool:
        """Whether as many joined by it as it is for."""
        return self.max_uses is not None and self.uses >= self.max_uses

    def is_open(self, at: datetime) -> bool:
        """Whether somebody can still join by it."""
        return not self.is_used_up and self.revoked_at is None and at < self.expires_at

    def scope(self) -> Scope:
        """The organization's; its networks see the links that make managers, not those of its people."""
        if self.invited_as == InvitedAs.MANAGER:
            return self.organization.scope()
        return Scope(organization_id=self.organization_id)
