"""What happened to networks, organizations and belonging: ids only, no names."""

from dataclasses import dataclass
from typing import ClassVar

from lms.events import Event


@dataclass(frozen=True)
class NetworkCreated(Event):
    """A network was created."""

    name: ClassVar[str] = "network_created"

    network_id: int


@dataclass(frozen=True)
class NetworkChanged(Event):
    """A network's names, kind or time zone were changed."""

    name: ClassVar[str] = "network_changed"

    network_id: int
    #: Whether its days begin at another hour than before.
    moves_days: bool = False


@dataclass(frozen=True)
class AdminNamed(Event):
    """A person became admin of a network."""

    name: ClassVar[str] = "admin_named"

    network_id: int
    person_id: int


@dataclass(frozen=True)
class AdminEnded(Event):
    """A person is admin of a network no more."""

    name: ClassVar[str] = "admin_ended"

    network_id: int
    person_id: int


@dataclass(frozen=True)
class ReviewerNamed(Event):
    """A person reviews evidence for a network."""

    name: ClassVar[str] = "reviewer_named"

    network_id: int
    person_id: int


@dataclass(frozen=True)
class ReviewerEnded(Event):
    """A person reviews evidence for a network no more."""

    name: ClassVar[str] = "reviewer_ended"

    network_id: int
    person_id: int


@dataclass(frozen=True)
class OrganizationAdded(Event):
    """An organization became a member of a network, for the first time or again."""

    name: ClassVar[str] = "organization_added"

    organization_id: int
    network_id: int


@dataclass(frozen=True)
class OrganizationLeft(Event):
    """An organization is a member of a network no more."""

    name: ClassVar[str] = "organization_left"

    organization_id: int
    network_id: int
    #: The day (ISO 8601) on which it would have ended anyway; nothing where it was open.
    instead_of: str = ""


@dataclass(frozen=True)
class OrganizationChanged(Event):
    """An organization's names or place were changed."""

    name: ClassVar[str] = "organization_changed"

    organization_id: int


@dataclass(frozen=True)
class NamesShared(Event):
    """An organization allowed its networks to see its people's names, or took that back."""

    name: ClassVar[str] = "names_shared"

    organization_id: int
    shares: bool


@dataclass(frozen=True)
class InvitationMade(Event):
    """A link into an organization was made."""

    name: ClassVar[str] = "invitation_made"

    organization_id: int
    invitation_id: int
    invited_as: str


@dataclass(frozen=True)
class InvitationRevoked(Event):
    """A link was closed before its time."""

    name: ClassVar[str] = "invitation_revoked"

    organization_id: int
    invitation_id: int


@dataclass(frozen=True)
class InvitationReopened(Event):
    """A link works again."""

    name: ClassVar[str] = "invitation_reopened"

    organization_id: int
    invitation_id: int


@dataclass(frozen=True)
class JoinAsked(Event):
    """Somebody came by a shared link and waits for the manager."""

    name: ClassVar[str] = "join_asked"

    organization_id: int
    person_id: int


@dataclass(frozen=True)
class JoinRefused(Event):
    """The manager did not take in somebody who waited."""

    name: ClassVar[str] = "join_refused"

    organization_id: int
    person_id: int


@dataclass(frozen=True)
class MemberJoined(Event):
    """A person's membership counts from now on: she joined, was confirmed, or came back."""

    name: ClassVar[str] = "member_joined"

    person_id: int
    organization_id: int


@dataclass(frozen=True)
class MemberLeft(Event):
    """A person is a member of an organization no more."""

    name: ClassVar[str] = "member_left"

    person_id: int
    organization_id: int
    #: The day (ISO 8601) on which it would have ended anyway; nothing where it was open.
    instead_of: str = ""


@dataclass(frozen=True)
class PostNamed(Event):
    """A member was named for a post in her organization, or (an empty `post`) has it no more."""

    name: ClassVar[str] = "post_named"

    person_id: int
    organization_id: int
    post: str


@dataclass(frozen=True)
class ManagerNamed(Event):
    """A person became manager of an organization."""

    name: ClassVar[str] = "manager_named"

    person_id: int
    organization_id: int


@dataclass(frozen=True)
class ManagerEnded(Event):
    """A person is manager of an organization no more."""

    name: ClassVar[str] = "manager_ended"

    person_id: int
    organization_id: int
