"""What is said about lists."""

from lms.documents.table_errors import TableError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext
from lms.imports.plan import State

STATES = {
    State.NEW: lazy_gettext("New: gets a link"),
    State.NAMESAKE: lazy_gettext("A member has this name"),
    State.INVITED: lazy_gettext("Has an open link already"),
    State.JOINED: lazy_gettext("Joined by an earlier link"),
    State.DUPLICATE: lazy_gettext("Stands in the list twice"),
    State.WRONG_MAIL: lazy_gettext("This is not a mail address"),
    State.TOO_LONG: lazy_gettext("Too long"),
    State.NOBODY: lazy_gettext("Neither name nor mail address"),
    State.ELSEWHERE: lazy_gettext("Of another organization: you invite into your own only"),
}


def explain(error: TableError) -> str:
    """Why a file was not read, and what to do."""
    if error.detail == "xls":
        return _("This is an old Excel file. Save it as XLSX and upload that.")
    if error.detail == "locked":
        return _("This file is locked by a password. Save it without one and upload that.")
    return {
        "empty": _("No row was found below the header."),
        "too_large": _("This table is too large. Split it into several files."),
        "too_many_rows": _("A list has at most 500 rows. Split it into several files."),
        "unreadable": _("This file could not be read. Save it again as XLSX and upload that."),
        "not_a_table": _("This is no table. Upload an XLSX or CSV file."),
    }[error.code]
