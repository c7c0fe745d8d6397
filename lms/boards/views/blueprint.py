"""The blueprints that boards register with."""

from flask import Blueprint

blueprint = Blueprint("boards", __name__, url_prefix="/<lang>", template_folder="../templates")
#: Addresses that calendars are given: they name no language and stay the same.
feed = Blueprint("feeds", __name__)
