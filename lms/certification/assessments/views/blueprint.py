"""The blueprint that the pages of self-assessment register with."""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__, url_prefix="/<lang>")
