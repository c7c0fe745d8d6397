"""Mail: rendered in the recipient's language and sent by a job. Imports no feature, so that every feature may send."""

from flask import Blueprint, Flask

from lms.messages import sending  # noqa: F401 (registers the job)
from lms.text import isolate, isolate_ltr


def init_feature(app: Flask) -> None:
    """Register the templates of mails, and the filters that isolate what is interpolated in plain text."""
    app.register_blueprint(Blueprint("messages", __name__, template_folder="templates"))
    app.jinja_env.filters.update(iso=lambda value: isolate(str(value)), iso_ltr=lambda value: isolate_ltr(str(value)))
