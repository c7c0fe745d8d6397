"""Who acts: the facts about a person that decisions are made from."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person can be granted. Learner follows from having an account."""

    MANAGER = "manager"
    TRAINER = "trainer"
    NETWORK_ADMIN = "network_admin"
    REVIEWER = "reviewer"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Granted:
    """One grant in force: a role over an organization, a network, or (neither) the whole site."""

    role: Role
    organization_id: int | None = None
    network_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """A signed-in person with the grants and confirmed memberships that are in force today."""

    person_id: int
    grants: frozenset[Granted] = frozenset()
    organization_ids: frozenset[int] = frozenset()
    #: Whether an organization has yet to confirm her; it gives her nothing.
    awaits: bool = False

    def has_role(self, role: Role) -> bool:
        """Whether she holds the role anywhere."""
        return any(grant.role is role for grant in self.grants)

    def organizations_as(self, role: Role) -> frozenset[int]:
        """Ids of the organizations over which she holds the role."""
        return frozenset(g.organization_id for g in self.grants if g.role is role and g.organization_id is not None)

    def networks_as(self, role: Role) -> frozenset[int]:
        """Ids of the networks over which she holds the role."""
        return frozenset(g.network_id for g in self.grants if g.role is role and g.network_id is not None)


@dataclass(frozen=True)
class Scope:
    """Where a target belongs: whose it is, in which organization, in which networks today, or the site's (nothing)."""

    person_id: int | None = None
    organization_id: int | None = None
    network_ids: frozenset[int] = frozenset()
    site: bool = False
