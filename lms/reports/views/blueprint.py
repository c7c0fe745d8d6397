"""What the views of the reports hang on."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__, url_prefix="/<lang>", template_folder="../templates")
