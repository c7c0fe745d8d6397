"""Organizations, networks, and who belongs where."""

from flask import Flask

from lms.accounts.belonging import answer_with
from lms.organizations import belonging, privacy, views


def init_feature(app: Flask) -> None:
    """Register this feature's pages, and answer what accounts ask."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(views.short)
    answer_with(belonging)
    privacy.register_privacy()
