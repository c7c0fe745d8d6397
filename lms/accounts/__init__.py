"""People: accounts, sign-in, sessions, preferences, privacy."""

from flask import Flask

from lms.accounts import current, exporting, notices, presence, restored, views  # noqa: F401 (restored registers an eraser)


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners."""
    current.init_current(app)
    exporting.register_exporters()
    presence.init_presence(app)
    app.jinja_env.globals["unread_notices"] = notices.unread_notices
    app.register_blueprint(views.blueprint)
