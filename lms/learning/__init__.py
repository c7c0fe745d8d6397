"""The learner's pages: home, module, lesson, search."""

from flask import Flask

from lms.i18n import lazy_gettext as _
from lms.learning import practice, views
from lms.learning.home import home_panels, names_before
from lms.learning.privacy import register_privacy
from lms.navigation import Place, add_place


def init_feature(app: Flask) -> None:
    """Register this feature's pages and its places in the navigation."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(practice.blueprint)
    register_privacy()
    app.jinja_env.globals.update(home_panels=home_panels, names_before=names_before)
    add_place(app, Place("learning.home", _("Home"), "home", _("Learning"), order=10))
    search = ("learning.search", _("Search"), "search", _("Learning"))
    add_place(app, Place(*search, prefix="learning.search", order=40, phone=False, bar=True))
