"""A network's data for programs: `/api/v1`, its tokens, its document."""

from flask import Flask

from lms.api import (
    idempotency,  # noqa: F401 (its job)
    views,
)
from lms.api.bearers import init_bearers
from lms.api.privacy import register_privacy
from lms.api.problems import init_problems


def init_feature(app: Flask) -> None:
    """Register the API, its pages, and what its requests are judged by."""
    # Not at the head: commands that make no app do without what these import.
    from lms.api.v1 import document, endpoints, feed, imports, report  # noqa: F401 (each registers its endpoints)
    from lms.api.v1.blueprint import init_v1

    init_problems(app)
    init_bearers(app)
    init_v1(app)
    app.register_blueprint(views.blueprint)
    register_privacy()
