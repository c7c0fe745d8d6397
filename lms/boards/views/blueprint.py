"""The blueprint that every board registers with."""

from flask import Blueprint

blueprint = Blueprint("boards", __name__, url_prefix="/<lang>", template_folder="../templates")
