"""What the pages of lists hang on."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
blueprint = Blueprint("imports", __name__, url_prefix="/<lang>", template_folder="../templates")


def file_to_keep(body: bytes, name: str) -> ResponseReturnValue:
    """A table as a download that no browser keeps by itself."""
    headers = {"Content-Type": KINDS[name.rpartition(".")[2]], "Cache-Control": "no-store"}
    return body, 200, {**headers, "Content-Disposition": f'attachment; filename="{name}"'}
