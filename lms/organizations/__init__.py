"""Organizations, networks, and who belongs where."""

from flask import Flask

from lms.accounts.belonging import answer_with
from lms.organizations import belonging


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners."""
    answer_with(belonging)
