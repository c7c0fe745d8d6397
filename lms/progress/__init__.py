"""Facts about what a person has begun and completed."""

from flask import Flask

from lms.progress.listeners import listen
from lms.progress.privacy import register_privacy


def init_feature(app: Flask) -> None:
    """Listen to attempts and publications; add learning to what a person can download."""
    from lms.progress import gain_checks  # noqa: F401 - registers its check

    listen()
    register_privacy()
