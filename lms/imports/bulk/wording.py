"""What is said about sheets."""

from lms.documents.table_errors import TableError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, lazy_pgettext, reader
from lms.imports.bulk.columns import Kind
from lms.imports.bulk.fates import Fate, Said
from lms.imports.bulk.reading import MOST_ROWS
from lms.imports.wording import explain
from lms.quizzes.models import Source

FATES = {
    Fate.WRONG: lazy_pgettext("fate of a row", "Wrong"),
    Fate.DOUBTFUL: lazy_pgettext("fate of a row", "To be decided"),
    Fate.CHANGED: lazy_pgettext("fate of a row", "Changes something"),
    Fate.NEW: lazy_pgettext("fate of a row", "New"),
    Fate.KNOWN: lazy_pgettext("fate of a row", "Nothing to do"),
}
KINDS = {
    Kind.ORGANIZATIONS: lazy_gettext("Organizations that are new, and what is missing of those that nobody manages"),
    Kind.PEOPLE: lazy_gettext("New people, as accounts without a password"),
    Kind.MEMBERSHIPS: lazy_gettext("Memberships of people who are known"),
    Kind.COMPLETIONS: lazy_gettext("Past completions"),
}
CALENDARS = {
    "auto": lazy_gettext("As the year tells"),
    "jalali": lazy_gettext("Jalali"),
    "hijri": lazy_gettext("Hijri"),
    "gregorian": lazy_gettext("Gregorian"),
}
SOURCES = {
    Source.IMPORT: lazy_gettext("Completions from another system or list"),
    Source.PRIOR_LEARNING: lazy_gettext("Prior learning that is recognised"),
}
FIELDS = {
    "organization": lazy_gettext("Organization"),
    "organization_fa": lazy_gettext("Organization, in Persian"),
    "organization_ar": lazy_gettext("Organization, in Arabic"),
    "organization_en": lazy_gettext("Organization, in English"),
    "country": lazy_gettext("Country"),
    "city": lazy_gettext("City"),
    "since": lazy_gettext("Organization in the network since"),
    "person": lazy_gettext("Name of the person"),
    "given": lazy_gettext("First name"),
    "family": lazy_gettext("Family name"),
    "sign_in": lazy_gettext("Sign-in name"),
    "mail": lazy_gettext("Mail address"),
    "language": lazy_gettext("Language"),
    "title": lazy_gettext("Position in the organization"),
    "post": lazy_gettext("Post (coordinator)"),
    "from": lazy_gettext("Person in the organization from"),
    "to": lazy_gettext("Person in the organization until"),
    "module": lazy_gettext("Module"),
    "day": lazy_gettext("Day of completion"),
    "score": lazy_gettext("Score"),
}
_SAID = {
    "new_organization": lazy_gettext("The organization is added to the network."),
    "organization_returns": lazy_gettext("The organization comes back into the network."),
    "organization_filled": lazy_gettext("What was missing of the organization is filled in."),
    "new_person": lazy_gettext("The person gets an account without a password."),
    "new_membership": lazy_gettext("The person becomes a member of the organization."),
    "membership_changed": lazy_gettext("This is changed in the membership."),
    "new_completion": lazy_gettext("The completion is recorded."),
    "nobody": lazy_gettext("Neither a person nor an organization stands here."),
    "too_long": lazy_gettext("This is too long."),
    "no_country": lazy_gettext("There is no country of this name."),
    "no_language": lazy_gettext("Write Persian, Arabic or English."),
    "no_post": lazy_gettext("There is no such post. Write coordinator, or leave the cell empty."),
    "no_mail": lazy_gettext("This is not a mail address"),
    "no_sign_in_name": lazy_gettext("A sign-in name has 3 to 40 characters and no @ in it."),
    "taken": lazy_gettext("This sign-in name is taken."),
    "another_name": lazy_gettext("The person with this sign-in name has another name."),
    "no_name": lazy_gettext("The name of the person is missing."),
    "no_person": lazy_gettext("A completion needs a person."),
    "no_such_person": lazy_gettext("Nobody of this name is known there, and new people were not asked for."),
    "same_name_twice": lazy_gettext("Two people of the organization have this name. Write the sign-in name too."),
    "no_organization": lazy_gettext("The network has no organization of this name, and new ones were not asked for."),
    "no_organization_given": lazy_gettext("The organization is missing."),
    "several_organizations": lazy_gettext("Several organizations of the network have this name."),
    "organization_left": lazy_gettext("This organization has left the network."),
    "no_membership": lazy_gettext("The person is not a member there, and memberships were not asked for."),
    "own_account": lazy_gettext("The person uses an account of her own. Invite her to the organization."),
    "left": lazy_gettext("The membership has ended. Write a first day after its end, or the day of its end."),
    "no_first_day": lazy_gettext("A membership that is over needs its first day."),
    "ends_before": lazy_gettext("The membership would end before it begins."),
    "no_day": lazy_gettext("There is no such date."),
    "ahead": lazy_gettext("This day is yet to come."),
    "no_score": lazy_gettext("Write a score from 0 to 100, or as 17 of 20."),
    "no_module": lazy_gettext("There is no published module of this name."),
    "several_modules": lazy_gettext("Several modules have this name. Write the key of the module."),
    "no_completion_day": lazy_gettext("The day of completion is missing."),
}
_DOUBT = lazy_gettext("Somebody of this name is known. Say whether it is the same person.")


def text_of_said(said: Said) -> str:
    """What is said of a row."""
    return str(_SAID[said.code])


def reason_of(fate: Fate, said: list[Said], headers: dict[str, str]) -> str:
    """Why a row is not taken, with the header of the cell, for the sheet of errors."""
    if fate is Fate.DOUBTFUL:
        return doubt()
    return " ".join(_with_header(each, headers) for each in said)


def doubt() -> str:
    """Why a doubtful row is not taken."""
    return str(_DOUBT)


def _with_header(said: Said, headers: dict[str, str]) -> str:
    header = headers.get(said.about, "")
    return f"{header}: {text_of_said(said)}" if header else text_of_said(said)


def explain_sheet(error: TableError) -> str:
    """Why a sheet was not read, and what to do."""
    if error.code == "too_many_rows":
        return _("A sheet has at most %(most)s rows. Split it into several files.", most=reader().number(MOST_ROWS))
    return explain(error)
