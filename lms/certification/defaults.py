"""The scheme that ships: what a network starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.certification.models import Expiry, FixedCalendar
from lms.db import Texts


@dataclass(frozen=True)
class Shipped:
    """A module or kit of a plugin, by its key; becomes an id when a scheme is made."""

    plugin: str
    key: str


@dataclass(frozen=True)
class LevelAt:
    """A level of the same plan, by its position from 1; becomes an id when a scheme is made."""

    position: int


#: What a plan gives for a parameter; conditions within others are a sequence of RequirementPlan.
Planned = int | str | Shipped | LevelAt | Sequence[Any] | None


@dataclass(frozen=True)
class RequirementPlan:
    """A requirement to be made."""

    type: str
    parameters: Mapping[str, Planned]


@dataclass(frozen=True)
class LevelPlan:
    """What is to be said of a level; of a new one, where it has no id."""

    names: Texts
    months_valid: int | None
    automatic: bool
    requirements: tuple[RequirementPlan, ...]
    level_id: int | None = None
    expiry: Expiry = Expiry.PREVIOUS
    #: Calendar, month and day that an award with a fixed end is valid until.
    fixed: tuple[FixedCalendar, int, int] | None = None
    window_days: int = 90
    grace_days: int = 60
    four_eyes: bool = False


@dataclass(frozen=True)
class SchemePlan:
    """A scheme to be made, or what a revision of one is to say."""

    names: Texts
    levels: tuple[LevelPlan, ...]


_KIT = "networking_kit"

_INSTRUMENT = "networking_kit/networking-capacity"
_FORMS = Shipped(_KIT, "forms-of-networks")


def _evidence(kind: str, count: int, months: int) -> RequirementPlan:
    return RequirementPlan("evidence_accepted", {"evidence_type": kind, "count": count, "months": months})


def _held(position: int) -> RequirementPlan:
    return RequirementPlan("level_held", {"level_id": LevelAt(position)})


_AWARE = LevelPlan(
    names={"fa": "آشنا", "ar": "مُدركة", "en": "Aware"},
    months_valid=24,
    automatic=True,
    requirements=(
        RequirementPlan("members_completed", {"people": 2, "module_id": Shipped(_KIT, "what-networking-is")}),
        RequirementPlan("share_completed_kit", {"percent": 50, "kit_id": Shipped(_KIT, "networking")}),
    ),
)

_READY = LevelPlan(
    names={"fa": "آماده", "ar": "جاهزة", "en": "Ready"},
    months_valid=24,
    automatic=False,
    requirements=(
        _held(1),
        RequirementPlan(
            "any_of",
            {
                "of": (
                    RequirementPlan("role_completed", {"role": "coordinator", "module_id": _FORMS}),
                    RequirementPlan("role_completed", {"role": "manager", "module_id": _FORMS}),
                )
            },
        ),
        RequirementPlan("self_assessment_done", {"instrument": _INSTRUMENT, "months": 24}),
    ),
)

_PRACTISING = LevelPlan(
    names={"fa": "عامل", "ar": "ممارِسة", "en": "Practising"},
    months_valid=24,
    automatic=False,
    requirements=(
        _held(2),
        RequirementPlan("any_of", {"of": (_evidence("signed_agreement", 1, 36), _evidence("joint_activity", 1, 24))}),
        _evidence("meeting_record", 2, 24),
    ),
)

_CERTIFIED = LevelPlan(
    names={"fa": "گواهی‌شده", "ar": "معتمدة", "en": "Certified"},
    months_valid=36,
    automatic=False,
    requirements=(
        _held(3),
        RequirementPlan(
            "k_of",
            {
                "k": 2,
                "of": (
                    _evidence("signed_agreement", 2, 36),
                    _evidence("joint_activity", 2, 24),
                    _evidence("partner_contribution", 1, 24),
                ),
            },
        ),
        RequirementPlan(
            "self_assessment_confirmed",
            {"instrument": _INSTRUMENT, "mean": "25", "area_mean": "20", "months": 24},
        ),
        RequirementPlan("share_completed_kit", {"percent": 75, "kit_id": Shipped(_KIT, "networking")}),
    ),
)

DEFAULT_SCHEME = SchemePlan(
    names={"fa": "شبکه‌سازی", "ar": "التشبيك", "en": "Networking"},
    levels=(_AWARE, _READY, _PRACTISING, _CERTIFIED),
)
