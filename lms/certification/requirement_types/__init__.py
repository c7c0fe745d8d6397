"""The requirement types: those of our own, and those that plugins bring."""

from lms.certification.requirement_types.all_of import AllOf
from lms.certification.requirement_types.any_of import AnyOf
from lms.certification.requirement_types.base import (
    Case,
    Choices,
    Finding,
    Kind,
    Parameter,
    Parameters,
    RequirementType,
    State,
    Titles,
)
from lms.certification.requirement_types.evidence_accepted import EvidenceAccepted
from lms.certification.requirement_types.k_of import KOf
from lms.certification.requirement_types.level_held import LevelHeld
from lms.certification.requirement_types.members_completed import MembersCompleted
from lms.certification.requirement_types.members_completed_kit import MembersCompletedKit
from lms.certification.requirement_types.registry import (
    register_requirement_type,
    requirement_type,
    requirement_types,
)
from lms.certification.requirement_types.role_completed import RoleCompleted
from lms.certification.requirement_types.self_assessment_confirmed import SelfAssessmentConfirmed
from lms.certification.requirement_types.self_assessment_done import SelfAssessmentDone
from lms.certification.requirement_types.share_completed import ShareCompleted
from lms.certification.requirement_types.share_completed_kit import ShareCompletedKit

__all__ = [
    "Case",
    "Choices",
    "Finding",
    "Kind",
    "Parameter",
    "Parameters",
    "RequirementType",
    "State",
    "Titles",
    "register_requirement_type",
    "requirement_type",
    "requirement_types",
]

for _own in (
    *(MembersCompleted(), MembersCompletedKit(), ShareCompleted(), ShareCompletedKit(), RoleCompleted()),
    *(EvidenceAccepted(), SelfAssessmentDone(), SelfAssessmentConfirmed()),
    *(LevelHeld(), AnyOf(), AllOf(), KOf()),
):
    register_requirement_type(_own)
