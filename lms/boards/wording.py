"""What boards call states of certificates and dates that come."""

from lms.boards.queries.certification import AT_RISK
from lms.certification.queries.dates import ComingDate, DateKind
from lms.db import text_of
from lms.i18n import gettext as _
from lms.i18n import language, lazy_pgettext, reader
from lms.reports.wording import PHASES
from lms.text import isolate

STATE_WORDS: dict[str, str] = {phase.value: label for phase, label in PHASES.items()}
STATE_WORDS[AT_RISK] = lazy_pgettext("certification", "At risk")

DATE_WORDS: dict[DateKind, str] = {
    DateKind.OPENS: lazy_pgettext("date of a certificate", "Renewal opens"),
    DateKind.DUE: lazy_pgettext("date of a certificate", "Renewal due"),
    DateKind.ENDS: lazy_pgettext("date of a certificate", "Certificate ends"),
    DateKind.GRACE: lazy_pgettext("date of a certificate", "Days of grace end"),
}


def date_in_words(coming: ComingDate) -> str:
    """What comes, of which level of which organization."""
    return _(
        "%(what)s: %(organization)s, level %(number)s, %(level)s",
        what=str(DATE_WORDS[coming.kind]),
        organization=isolate(text_of(coming.organization, language())),
        number=reader().number(coming.position),
        level=isolate(text_of(coming.level, language())),
    )
