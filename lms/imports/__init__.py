"""Lists that people bring: staff to invite."""

from flask import Flask

from lms.imports import views


def init_feature(app: Flask) -> None:
    """Register this feature's pages."""
    app.register_blueprint(views.blueprint)
