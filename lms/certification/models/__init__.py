"""A network's rules, organizations' ways through them, and what was awarded."""

from lms.certification.models.credentials import Credential, Visibility
from lms.certification.models.cycles import OPEN, TRANSITIONS, Award, Cycle, CycleState
from lms.certification.models.schemes import Level, Requirement, Scheme
from lms.certification.models.signatories import Signatory
from lms.certification.models.standings import KeptStanding

__all__ = [
    "OPEN",
    "TRANSITIONS",
    "Award",
    "Credential",
    "Cycle",
    "CycleState",
    "KeptStanding",
    "Level",
    "Requirement",
    "Scheme",
    "Signatory",
    "Visibility",
]
