"""What is kept of a person's cohorts: how it is exported."""

from typing import Any

from lms.accounts.models import Person
from lms.accounts.privacy import register_exporter
from lms.cohorts.queries import cohorts_with
from lms.db import text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _

LABELS = {"cohort": _("Cohort"), "added_at": _("Taken in at"), "left_at": _("Left at")}


def cohorts_of_person(person: Person) -> list[dict[str, Any]]:
    """The cohorts that she was in."""
    return [
        {"cohort": text_of(row.names, language()), "added_at": row.added_at, "left_at": row.left_at}
        for row in cohorts_with(person.id)
    ]


def register_privacy() -> None:
    """Add cohorts to every download."""
    register_exporter("cohorts", cohorts_of_person, title=_("Cohorts"), labels=LABELS)
