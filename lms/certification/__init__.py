"""Schemes, cycles, awards, credentials."""

from collections.abc import Iterable

from flask import Flask

from lms.certification import binding, jobs, views  # binding, jobs: register their jobs
from lms.certification.assessments import init_assessments
from lms.certification.evidence import init_evidence
from lms.certification.histories import register_histories
from lms.certification.listeners import listen
from lms.certification.openbadges import jobs as badge_jobs
from lms.certification.openbadges import views as badge_views
from lms.certification.privacy import register_privacy
from lms.certification.requirement_types import RequirementType, register_requirement_type
from lms.i18n import lazy_gettext as _
from lms.navigation import Place, add_place
from lms.plugins.contract import Plugin
from lms.plugins.registry import on_hook

__all__ = ["badge_jobs", "badge_views", "binding", "init_feature", "jobs"]


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners, its place in the navigation, and what plugins may bring to it."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(views.paper)
    on_hook(app, "requirement_types", _take_types)
    listen()
    register_privacy()
    init_evidence(app)
    init_assessments(app)
    register_histories()
    place = Place("certification.mine", _("Certificates"), "seal", _("Learning"), prefix="certification.mine", order=30)
    add_place(app, place)


def _take_types(plugin: Plugin, types: Iterable[RequirementType]) -> None:
    """Take a plugin's requirement types. Raises ValueError for a key that does not begin with its name."""
    for each in types:
        if not each.key.startswith(f"{plugin.name}_"):
            raise ValueError(f"the requirement type {each.key!r} must be called {plugin.name}_…")
        register_requirement_type(each)
