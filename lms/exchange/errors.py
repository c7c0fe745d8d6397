"""Why a file is refused as a whole."""

from lms.errors import DomainError
from lms.i18n import lazy_gettext as _

REASONS = {
    "empty": _("The file is empty."),
    "too_large": _("This file is too large. Split it into several."),
    "too_many": _("This file has more than 2000 questions. Split it into several."),
    "too_deep": _("This file is nested too deeply to be read."),
    "not_xml": _("This file is not readable XML."),
    "archive": _("This archive cannot be read: it is damaged, locked, too large or not what it says."),
    "nothing_inside": _("There is nothing in this archive that can be read."),
    "unknown_format": _("This file is in none of the formats that can be read here."),
    "not_text": _("This file is not a text."),
    "old_qti": _("This is an older QTI than 2.1. Export it again as QTI 2.1, 2.2 or 3.0, or as Moodle XML."),
    "no_question": _("No question was found in this file."),
    "table": _("This table has not the columns of the template."),
    "table_unreadable": _("This table cannot be read. Save it again as XLSX and upload that."),
}


class UnreadableFile(DomainError):
    """Nothing of the file can be taken: `code` for programs, the message in the reader's language."""

    def __init__(self, code: str) -> None:
        super().__init__(str(REASONS[code]), "file")
        self.code = code
