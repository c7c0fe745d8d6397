"""People: accounts, sign-in, sessions, preferences, privacy."""

from flask import Flask

from lms.accounts import current, views


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners."""
    current.init_current(app)
    app.register_blueprint(views.blueprint)
