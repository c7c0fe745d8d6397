"""Facts about what a person has begun and completed."""

from flask import Flask

from lms.progress.listeners import listen


def init_feature(app: Flask) -> None:
    """Listen to attempts and publications."""
    listen()
