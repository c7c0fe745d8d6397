"""People: accounts, sign-in, sessions, preferences, privacy."""

from flask import Flask

from lms.accounts import current, presence, views


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners."""
    current.init_current(app)
    presence.init_presence(app)
    app.register_blueprint(views.blueprint)
