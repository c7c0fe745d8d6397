"""Reads of certification."""

from lms.certification.queries.cases import case_of, issuers_day, local_day
from lms.certification.queries.comparisons import Comparison, Outcome, compared
from lms.certification.queries.credentials import (
    credential_by_code,
    credentials_of_person,
    given_up,
    listed_in,
    newest_titles,
)
from lms.certification.queries.cycles import cycle_by_public_id, held_levels, latest_cycles
from lms.certification.queries.deciding import is_own, last_words
from lms.certification.queries.kept import Kept, kept_standings
from lms.certification.queries.revisions import (
    holders,
    makers_of,
    newest_number,
    revisions_of,
    scheme_draft,
    scheme_of,
)
from lms.certification.queries.schemes import Rules, rules_of, titles_of
from lms.certification.queries.seats import seats_in, seats_of_organization, seats_of_person
from lms.certification.queries.signatories import signatory_on
from lms.certification.queries.standing import (
    LevelStanding,
    RequirementStanding,
    Standing,
    names_needed,
    standing,
    standings,
)

__all__ = [
    "Comparison",
    "Kept",
    "LevelStanding",
    "Outcome",
    "RequirementStanding",
    "Rules",
    "Standing",
    "case_of",
    "compared",
    "credential_by_code",
    "credentials_of_person",
    "cycle_by_public_id",
    "given_up",
    "held_levels",
    "holders",
    "is_own",
    "issuers_day",
    "kept_standings",
    "last_words",
    "latest_cycles",
    "listed_in",
    "local_day",
    "makers_of",
    "names_needed",
    "newest_number",
    "newest_titles",
    "revisions_of",
    "rules_of",
    "scheme_draft",
    "scheme_of",
    "seats_in",
    "seats_of_organization",
    "seats_of_person",
    "signatory_on",
    "standing",
    "standings",
    "titles_of",
]
