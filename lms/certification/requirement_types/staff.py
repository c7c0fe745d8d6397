"""What requirements about an organization's staff have in common: so many of them, or such a share, did something."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement

from lms.certification.requirement_types.base import (
    Case,
    Finding,
    Kind,
    Parameter,
    Parameters,
    RequirementType,
    counted,
)
from lms.certification.requirement_types.members import Split, current_staff, split
from lms.i18n import gettext, lazy_gettext, ngettext, reader

PEOPLE = Parameter("people", lazy_gettext("Number of staff"), Kind.COUNT)
PERCENT = Parameter("percent", lazy_gettext("Share of staff, in percent"), Kind.PERCENT)
MODULE = Parameter("module_id", lazy_gettext("Module"), Kind.MODULE)
KIT = Parameter("kit_id", lazy_gettext("Kit"), Kind.KIT)


class OfStaff(RequirementType):
    """Somebody who left counts no more."""

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        staff = current_staff(cases).subquery()
        found = split(cases, staff, self.done(cases, staff, parameters))
        return {id_: _found(of, self.needed(of, parameters)) for id_, of in found.items()}

    @abstractmethod
    def done(self, cases: Sequence[Case], people: Any, parameters: Parameters) -> ColumnElement[bool]:
        """Of a subquery of people: whether each has done it."""

    @abstractmethod
    def needed(self, of: Split, parameters: Parameters) -> int:
        """How many of them have to have done it."""


class NumberOfStaff(OfStaff):
    """So many of them."""

    def needed(self, of: Split, parameters: Parameters) -> int:
        """As it says."""
        people: int = parameters["people"]
        return people

    def progress(self, finding: Finding) -> str:
        # Not "3 of 2": there may be more than are needed.
        have, need = reader().number(finding.have), reader().number(finding.need)
        return gettext("%(have)s so far, %(need)s needed", have=have, need=need)


class ShareOfStaff(OfStaff):
    """Such a share of them, and one at least."""

    def needed(self, of: Split, parameters: Parameters) -> int:
        """Rounded up."""
        return max(1, -(-of.people * int(parameters["percent"]) // 100))

    def progress(self, finding: Finding) -> str:
        staff = finding.facts["staff"]
        return ngettext(
            "%(have)s of %(num)s member of staff, which is %(share)s",
            "%(have)s of %(num)s members of staff, which is %(share)s",
            staff,
            have=reader().number(finding.have),
            share=reader().percent(finding.have / staff if staff else 0),
        )


def _found(of: Split, need: int) -> Finding:
    return counted(len(of.done), need, {"completed": of.done, "staff": of.people}, tuple(of.missing))
