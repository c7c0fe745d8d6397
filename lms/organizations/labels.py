"""What kinds of networks and roles are called."""

from lms.i18n import lazy_pgettext
from lms.organizations.kinds import Basis, Form, Reach, Sector
from lms.organizations.models import InvitedAs

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
SECTORS = {
    Sector.WOMEN: lazy_pgettext("field of work", "Women"),
    Sector.YOUTH: lazy_pgettext("field of work", "Children and youth"),
    Sector.HEALTH: lazy_pgettext("field of work", "Health"),
    Sector.EDUCATION: lazy_pgettext("field of work", "Education"),
    Sector.ENVIRONMENT: lazy_pgettext("field of work", "Environment"),
    Sector.DISABILITY: lazy_pgettext("field of work", "Disability"),
    Sector.LIVELIHOODS: lazy_pgettext("field of work", "Poverty and livelihoods"),
    Sector.CULTURE: lazy_pgettext("field of work", "Culture"),
    Sector.RIGHTS: lazy_pgettext("field of work", "Human rights and law"),
    Sector.HUMANITARIAN: lazy_pgettext("field of work", "Humanitarian aid"),
    Sector.COMMUNITY: lazy_pgettext("field of work", "Community development"),
    Sector.RESEARCH: lazy_pgettext("field of work", "Research"),
    Sector.CAPACITY: lazy_pgettext("field of work", "Capacity building"),
    Sector.OTHER: lazy_pgettext("field of work", "Other"),
}
INVITED_AS = {
    InvitedAs.MEMBER: lazy_pgettext("invited as", "Staff"),
    InvitedAs.MANAGER: lazy_pgettext("invited as", "Manager"),
    InvitedAs.NETWORK: lazy_pgettext("invited as", "A network"),
}
