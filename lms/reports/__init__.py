"""Completion across organizations."""

from flask import Flask

from lms.i18n import lazy_gettext as _
from lms.i18n import lazy_pgettext
from lms.navigation import Place, add_place
from lms.reports import counters, views
from lms.reports.privacy import register_privacy
from lms.reports.schedules import init_schedules
from lms.security.actor import Role


def init_feature(app: Flask) -> None:
    """Register this feature's listeners and pages, and its place in the navigation."""
    counters.listen()
    register_privacy()
    init_schedules()
    app.register_blueprint(views.blueprint)
    group = lazy_pgettext("navigation", "Network")
    add_place(
        app, Place("reports.home", _("Reports"), "chart", group, role=Role.NETWORK_ADMIN, prefix="reports.", order=25)
    )
