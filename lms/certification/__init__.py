"""Schemes, cycles, awards, credentials."""

from flask import Flask

from lms.certification import views
from lms.certification.listeners import listen
from lms.i18n import lazy_gettext as _
from lms.navigation import Place, add_place


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners, and its place in the navigation."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(views.paper)
    listen()
    add_place(app, Place("certification.mine", _("Certificates"), "seal", _("Learning"), prefix="certification.mine"))
