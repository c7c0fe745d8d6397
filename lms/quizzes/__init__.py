"""Questions, quizzes, attempts, grading."""

from flask import Flask


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners."""
