"""What the views of the reports hang on."""

from collections.abc import Iterator

from flask import Blueprint, Response, stream_with_context

from lms.reports.sheets import FORMATS, Sheet, stream

blueprint = Blueprint("reports", __name__, url_prefix="/<lang>", template_folder="../templates")


def download(sheet: Sheet, file_format: str) -> Response:
    """A sheet as a file to keep, sent as it is made."""
    pieces: Iterator[bytes] = stream(sheet, file_format)
    response = Response(stream_with_context(pieces), content_type=FORMATS[file_format])
    response.headers.set("Content-Disposition", "attachment", filename=f"{sheet.name}.{file_format}")
    return response
