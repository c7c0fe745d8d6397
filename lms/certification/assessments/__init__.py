"""Capacity self-assessment: instruments, rounds, agreed scores, plans, and their confirmation by a network."""

from flask import Flask

from lms.certification.assessments import models
from lms.plugins.registry import on_hook

__all__ = ["init_assessments", "models"]


def init_assessments(app: Flask) -> None:
    """Register the pages, listeners and notices, and take what plugins bring."""
    from lms.certification.assessments.boards import assessments_waiting, rounds_under_way
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
    register_notices()
    register_privacy()
