"""What the requirements on self-assessments have in common: which instrument, and how old a round may be."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from lms.certification.assessments.known import instrument_choices
from lms.certification.assessments.models import Instrument, Round
from lms.certification.phases import months_later
from lms.certification.requirement_types.base import Case, Kind, Parameter, Parameters
from lms.i18n import lazy_gettext

INSTRUMENT = Parameter("instrument", lazy_gettext("Instrument"), Kind.CHOICE, choices=instrument_choices)


def rounds_with(cases: Sequence[Case], parameters: Parameters, *columns: Any) -> Select[Any]:
    """These columns of the organizations' rounds with the instrument."""
    plugin, _slash, key = str(parameters["instrument"]).partition("/")
    return (
        select(*columns)
        .select_from(Round)
        .join(Instrument, Instrument.id == Round.instrument_id)
        .where(Instrument.plugin == plugin, Instrument.key == key)
        .where(Round.organization_id.in_([case.organization_id for case in cases]))
    )


def oldest(cases: Sequence[Case], parameters: Parameters) -> datetime | None:
    """Since when a round has to have been closed; None where its age does not matter."""
    case, months = cases[0], parameters.get("months")
    if months is None:
        return None
    return datetime.combine(months_later(case.day, -months), time(), case.until.tzinfo or ZoneInfo("UTC"))
