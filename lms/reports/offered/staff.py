"""The people of one organization by module, as far as it lets them be seen on that day."""

from lms.db import text_of
from lms.i18n import gettext as _
from lms.i18n import language
from lms.reports.module_form import ModuleForm
from lms.reports.offered.asked import Asked, Asking, OutdatedView, check
from lms.reports.people_sheet import people_sheet
from lms.reports.queries.modules import modules_of
from lms.reports.queries.persons import members_of
from lms.reports.reported import organization_in
from lms.reports.sheets import Sheet


def ask_staff(asking: Asking) -> Asked:
    """The view of an address."""
    asked = asking.arguments.get("organization", "")
    place = organization_in(asking.network.public_id, asked)
    if place is None:
        raise OutdatedView("organization")
    form = ModuleForm(asking.arguments, modules_of(place.network.id))
    check(form)
    chosen = form.chosen()
    modules = form.modules if chosen is None else [chosen]

    def sheet() -> Sheet:
        return people_sheet(place, members_of(place.organization, place.day), modules, asking.at)

    name = text_of(place.organization.names, language())
    return Asked({"organization": asked, **form.arguments()}, [(_("Organization"), name), *form.in_words()], "", sheet)
