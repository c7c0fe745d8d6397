"""What kinds of networks and roles are called."""

from lms.i18n import lazy_pgettext
from lms.organizations.models import Basis, Form, InvitedAs, Reach

FORMS = {
    Form.NETWORK: lazy_pgettext("form of a network", "Network"),
    Form.UNION: lazy_pgettext("form of a network", "Union"),
    Form.UMBRELLA: lazy_pgettext("form of a network", "Umbrella"),
    Form.FORUM: lazy_pgettext("form of a network", "Forum"),
}
REACHES = {
    Reach.NATIONAL: lazy_pgettext("reach of a network", "National"),
    Reach.REGIONAL: lazy_pgettext("reach of a network", "Regional"),
    Reach.INTERNATIONAL: lazy_pgettext("reach of a network", "International"),
}
BASES = {
    Basis.GEOGRAPHIC: lazy_pgettext("basis of a network", "Geographic"),
    Basis.THEMATIC_GENERAL: lazy_pgettext("basis of a network", "Thematic, general"),
    Basis.THEMATIC_SPECIALISED: lazy_pgettext("basis of a network", "Thematic, specialised"),
}
INVITED_AS = {
    InvitedAs.MEMBER: lazy_pgettext("invited as", "Staff"),
    InvitedAs.MANAGER: lazy_pgettext("invited as", "Manager"),
    InvitedAs.NETWORK: lazy_pgettext("invited as", "A network"),
}
