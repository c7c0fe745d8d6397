"""Cohorts: the groups that trainers teach."""

from flask import Flask


def init_feature(app: Flask) -> None:
    """Nothing to register yet: pages compose it elsewhere."""
