"""The blueprints of joining: pages, and the short addresses that stand on paper."""

from flask import Blueprint

blueprint = Blueprint("organizations", __name__, url_prefix="/<lang>", template_folder="../templates")
short = Blueprint("invitations", __name__)
