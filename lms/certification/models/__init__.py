"""A network's rules, organizations' ways through them, and what was awarded."""

from lms.certification.models.bundles import Bundle, BundleState
from lms.certification.models.credentials import Credential, Visibility
from lms.certification.models.cycles import (
    OPEN,
    REASONED,
    STEPS,
    Award,
    Cycle,
    CycleMark,
    CycleState,
    CycleStep,
    StepKind,
)
from lms.certification.models.drafts import SchemeDraft
from lms.certification.models.schemes import Expiry, FixedCalendar, Level, LevelRule, Revision, Scheme
from lms.certification.models.signatories import Signatory
from lms.certification.models.standings import KeptStanding
from lms.certification.openbadges.models import IssuerKey

__all__ = [
    "OPEN",
    "REASONED",
    "STEPS",
    "Award",
    "Bundle",
    "BundleState",
    "Credential",
    "Cycle",
    "CycleMark",
    "CycleState",
    "CycleStep",
    "Expiry",
    "FixedCalendar",
    "IssuerKey",
    "KeptStanding",
    "Level",
    "LevelRule",
    "Revision",
    "Scheme",
    "SchemeDraft",
    "Signatory",
    "StepKind",
    "Visibility",
]
