"""Cohorts: the groups that trainers teach. Their pages stand among the boards."""

from flask import Flask

from lms.cohorts.privacy import register_privacy


def init_feature(app: Flask) -> None:
    """Add cohorts to what a person can download."""
    register_privacy()
