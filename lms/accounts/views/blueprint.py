"""The blueprint that every page of accounts registers with."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, url_prefix="/<lang>", template_folder="../templates")
