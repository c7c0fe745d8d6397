"""The learner's pages: home, module, lesson, search."""

from flask import Flask

from lms.i18n import lazy_gettext as _
from lms.learning import views
from lms.navigation import Place, add_place


def init_feature(app: Flask) -> None:
    """Register this feature's pages and its place in the navigation."""
    app.register_blueprint(views.blueprint)
    add_place(app, Place("learning.home", _("Home"), "home", _("Learning")))
