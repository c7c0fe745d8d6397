"""WTForms' and Flask-WTF's own messages that our forms can show, named here so that our catalogs hold them."""

from lms.i18n import lazy_gettext as _

MESSAGES = (
    _("This field is required."),
    _("Invalid input."),
    _("Invalid email address."),
    _("Not a valid choice"),
    _("Not a valid choice."),
    _("Invalid Choice: could not coerce."),
    _("Field must be equal to %(other_name)s."),
    _("The CSRF token is missing."),
    _("The CSRF tokens do not match."),
    _("The CSRF session token is missing."),
    _("Invalid URL."),
)
