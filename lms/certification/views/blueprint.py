"""The blueprints that the pages of certification register with."""

from flask import Blueprint

blueprint = Blueprint("certification", __name__, url_prefix="/<lang>", template_folder="../templates")

#: What stands on paper carries no language.
paper = Blueprint("certification_paper", __name__)
