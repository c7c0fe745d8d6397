"""What the columns of a list of staff are called where its manager says what they hold."""

from lms.i18n import lazy_gettext as _
from lms.imports.bulk.wording import FIELDS as _OF_SHEETS
from lms.imports.listed import FIELDS

FIELD_NAMES = {field: _OF_SHEETS.get(field, _("Phone number")) for field in FIELDS}
"""A column that our own files head by one of these is understood again."""
