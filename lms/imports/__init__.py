"""Lists and sheets that people bring: staff to invite, and whole sheets of a network."""

from flask import Flask

from lms.imports import views
from lms.imports.bulk import views as bulk_views
from lms.imports.bulk import working  # noqa: F401 (its jobs)
from lms.imports.bulk.notices import register_notices
from lms.imports.bulk.privacy import register_privacy


def init_feature(app: Flask) -> None:
    """Register this feature's pages, its jobs, its notice, and what it forgets of whom."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(bulk_views.blueprint)
    register_notices()
    register_privacy()
