"""Signing in and out."""

from flask import Blueprint, render_template

from lms.security import public

blueprint = Blueprint("accounts", __name__, url_prefix="/<lang>", template_folder="templates")


@blueprint.get("/sign-in")
@public
def sign_in() -> str:
    """The sign-in page."""
    return render_template("accounts/sign_in.html")
