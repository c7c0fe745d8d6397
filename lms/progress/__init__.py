"""Facts about what a person has begun and completed."""

from flask import Flask


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners."""
