"""The scheme that ships: what a network starts from."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.db import Texts


@dataclass(frozen=True)
class Shipped:
    """A module or kit of a plugin, by its key; becomes an id when a scheme is made."""

    plugin: str
    key: str


@dataclass(frozen=True)
class RequirementPlan:
    """A requirement to be made."""

    type: str
    parameters: Mapping[str, int | Shipped]


@dataclass(frozen=True)
class LevelPlan:
    """A level to be made."""

    names: Texts
    months_valid: int | None
    automatic: bool
    requirements: tuple[RequirementPlan, ...]


@dataclass(frozen=True)
class SchemePlan:
    """A scheme to be made."""

    names: Texts
    levels: tuple[LevelPlan, ...]


_KIT = "networking_kit"

DEFAULT_SCHEME = SchemePlan(
    names={"fa": "شبکه‌سازی", "ar": "التشبيك", "en": "Networking"},
    levels=(
        LevelPlan(
            names={"fa": "آشنا", "ar": "مُدركة", "en": "Aware"},
            months_valid=24,
            automatic=True,
            requirements=(
                RequirementPlan("members_completed", {"people": 2, "module_id": Shipped(_KIT, "what-networking-is")}),
                RequirementPlan("share_completed_kit", {"percent": 50, "kit_id": Shipped(_KIT, "networking")}),
            ),
        ),
    ),
)
