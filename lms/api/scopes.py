"""What a token may be allowed to do: to read, one member a kind of data, and to import."""

from enum import StrEnum

from lms.i18n import lazy_gettext as _


class TokenScope(StrEnum):
    """A part of what a network's admin sees and does."""

    REPORTS = "reports"
    ORGANIZATIONS = "organizations"
    PEOPLE = "people"
    COMPLETIONS = "completions"
    AWARDS = "awards"
    IMPORT = "import"


SCOPE_LABELS = {
    TokenScope.REPORTS: _("Completion report: numbers by organization and module"),
    TokenScope.ORGANIZATIONS: _("The network and its organizations"),
    TokenScope.PEOPLE: _("People: by name where their organization shares names, else by number"),
    TokenScope.COMPLETIONS: _("Completions: a row a person and module, for Excel and Power BI"),
    TokenScope.AWARDS: _("Certificates of organizations"),
    TokenScope.IMPORT: _("Importing: writes organizations, people, memberships and completions"),
}
