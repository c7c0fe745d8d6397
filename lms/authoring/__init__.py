"""The studio: where trainers write."""

from flask import Flask

from lms.authoring import views
from lms.authoring.glossary import register_glossaries
from lms.authoring.queries import count_reports
from lms.i18n import lazy_gettext as _
from lms.navigation import Place, add_place
from lms.plugins.registry import on_hook
from lms.security.actor import Role


def init_feature(app: Flask) -> None:
    """Register this feature's pages and its place in the navigation."""
    app.register_blueprint(views.blueprint)
    on_hook(app, "glossaries", lambda _plugin, paths: register_glossaries(app, paths))
    add_place(
        app,
        Place(
            "authoring.home",
            _("Studio"),
            "edit",
            _("Teaching"),
            role=Role.TRAINER,
            prefix="authoring.",
            order=20,
            count=count_reports,
        ),
    )
