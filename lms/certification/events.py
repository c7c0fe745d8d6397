"""What certification tells."""

from dataclasses import dataclass

from lms.events import Event


@dataclass(frozen=True)
class CertificateIssued(Event):
    """A person or an organization was given something to show."""

    name = "certificate_issued"

    credential_id: int
    person_id: int | None
    organization_id: int | None
    network_id: int | None


@dataclass(frozen=True)
class OrganizationAwarded(Event):
    """An organization met the rule of a level and was awarded it; by nobody where the rule did it itself."""

    name = "organization_awarded"

    organization_id: int
    network_id: int
    level_id: int
    cycle_id: int
    award_id: int


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A network took an organization's certificate back."""

    name = "certificate_revoked"

    credential_id: int
    organization_id: int
    network_id: int


@dataclass(frozen=True)
class SignatoryNamed(Event):
    """A network said whose name stands on its certificates, or that nobody's does."""

    name = "signatory_named"

    network_id: int
