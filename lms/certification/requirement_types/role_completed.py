"""A named role is filled by somebody who completed a module."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select

from lms.certification.requirement_types.age import NOT_OLDER, with_age
from lms.certification.requirement_types.base import (
    Case,
    Finding,
    Kind,
    Parameter,
    Parameters,
    RequirementType,
    Titles,
    counted,
)
from lms.certification.requirement_types.members import Split, completed_module, split
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, pgettext
from lms.organizations.models import Grant, Membership, Post
from lms.organizations.queries import in_force
from lms.security.actor import Role


class Filled(StrEnum):
    """The roles that a requirement can name."""

    MANAGER = "manager"
    COORDINATOR = "coordinator"


def _roles() -> list[tuple[str, str]]:
    return [
        (Filled.MANAGER, pgettext("role that a requirement names", "manager")),
        (Filled.COORDINATOR, pgettext("role that a requirement names", "networking coordinator")),
    ]


class RoleCompleted(RequirementType):
    """Met when somebody who has the role on the day completed the module."""

    key = "role_completed"
    label = lazy_gettext("Somebody in a role completed a module")
    parameters = (
        Parameter("role", lazy_gettext("Role"), Kind.CHOICE, choices=_roles),
        Parameter("module_id", lazy_gettext("Module"), Kind.MODULE),
        NOT_OLDER,
    )

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = _(
            "the organization's %(role)s completed the module “%(title)s”",
            role=dict(_roles()).get(parameters["role"], ""),
            title=titles.module(parameters["module_id"]),
        )
        return with_age(said, parameters)

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        holders = _holders(cases, parameters["role"]).subquery()
        completed = completed_module(cases, holders, parameters)
        return {id_: _found(of) for id_, of in split(cases, holders, completed).items()}

    def progress(self, finding: Finding) -> str:
        if finding.met:
            return _("Done.")
        return _("Still to be completed.") if finding.facts["in_role"] else _("Nobody has this role today.")


def _holders(cases: Sequence[Case], role: str) -> Select[Any, Any]:
    """Organization and person of each who has the role on the day."""
    ids, day = [case.organization_id for case in cases], cases[0].day
    if role == Filled.MANAGER:
        return select(Grant.organization_id, Grant.person_id).where(
            Grant.role == Role.MANAGER, Grant.organization_id.in_(ids), in_force(Grant, day)
        )
    return (
        select(Membership.organization_id, Membership.person_id)
        .where(Membership.organization_id.in_(ids), Membership.post == Post.COORDINATOR)
        .where(Membership.confirmed_at.is_not(None), in_force(Membership, day))
    )


def _found(of: Split) -> Finding:
    facts = {"completed": of.done, "in_role": of.people}
    return counted(min(len(of.done), 1), 1, facts, tuple(of.missing))
