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
class CertificateWithdrawn(Event):
    """A person took a certificate of her own back, for good."""

    name = "certificate_withdrawn"

    credential_id: int


@dataclass(frozen=True)
class SignatoryNamed(Event):
    """A network said whose name stands on its certificates, or that nobody's does."""

    name = "signatory_named"

    network_id: int


@dataclass(frozen=True)
class CycleStepped(Event):
    """An organization's way through a level came a step further: begun, submitted, awarded, extended, revoked …

    `kind` is a `StepKind`; the step's row says why.
    """

    name = "cycle_stepped"

    organization_id: int
    network_id: int
    cycle_id: int
    step_id: int
    kind: str


@dataclass(frozen=True)
class CycleDateCame(Event):
    """A date of a certificate has come: `kind` is a `Mark`, `day` the date in ISO form."""

    name = "cycle_date_came"

    organization_id: int
    network_id: int
    cycle_id: int
    kind: str
    day: str


@dataclass(frozen=True)
class CertificateAtRisk(Event):
    """What a certificate was awarded for is not so any more; or (`cured`) it is so again."""

    name = "certificate_at_risk"

    organization_id: int
    network_id: int
    level_id: int
    cured: bool


@dataclass(frozen=True)
class SchemeRevised(Event):
    """A network changed its scheme, from a day on; or (`cancelled`) took back a change that had not begun."""

    name = "scheme_revised"

    network_id: int
    revision_id: int
    cancelled: bool
