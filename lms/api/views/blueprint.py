"""What the pages of the API hang on."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/<lang>", template_folder="../templates")
