"""What choices are called."""

from lms.i18n import lazy_gettext as _
from lms.i18n import lazy_pgettext
from lms.messages.kinds import Audience, Choice

CHOICES = {
    Choice.AT_ONCE: lazy_pgettext("mail", "At once"),
    Choice.DIGEST: lazy_pgettext("mail", "In the summary"),
    Choice.NONE: lazy_pgettext("mail", "Not at all"),
}
AUDIENCES = {
    Audience.LEARNERS: _("What you learn"),
    Audience.MANAGERS: _("The organization that you manage"),
    Audience.ADMINS: _("The organizations of your network"),
}
