"""The learner's pages."""

from flask import Blueprint, render_template

from lms.security import Permission, require

blueprint = Blueprint("learning", __name__, url_prefix="/<lang>", template_folder="templates")


@blueprint.get("/")
@require(Permission.LEARN)
def home() -> str:
    """What is done, what is next, how long it takes."""
    return render_template("learning/home.html")
