"""Capacity self-assessment: instruments, rounds, agreed scores, plans, and their confirmation by a network."""

from flask import Flask

from lms.certification.assessments import models
from lms.i18n import lazy_gettext as _
from lms.i18n import lazy_pgettext
from lms.navigation import Place, add_place
from lms.plugins.registry import on_hook
from lms.security.predicates import is_reviewer

__all__ = ["init_assessments", "models"]


def init_assessments(app: Flask) -> None:
    """Register the pages, listeners, histories and notices, the place of reviewers, and take what plugins bring."""
    from lms.certification.assessments.boards import assessments_waiting, rounds_under_way
    from lms.certification.assessments.histories import register_histories
    from lms.certification.assessments.listeners import listen
    from lms.certification.assessments.notices import register_notices
    from lms.certification.assessments.privacy import register_privacy
    from lms.certification.assessments.sync import sync_instruments, take_instruments
    from lms.certification.assessments.views import blueprint
    from lms.training.sync import also_sync

    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(assessments_waiting=assessments_waiting, rounds_under_way=rounds_under_way)
    on_hook(app, "instruments", take_instruments)
    also_sync(sync_instruments)
    listen()
    add_place(
        app,
        Place(
            "assessments.reviewing",
            _("Self-assessments to confirm"),
            "check",
            lazy_pgettext("navigation", "Network"),
            phone=False,
            prefix=("assessments.reviewing", "assessments.queue", "assessments.review", "assessments.decide"),
            order=24,
            when=lambda who: is_reviewer(who, None),
        ),
    )
    register_histories()
    register_notices()
    register_privacy()
