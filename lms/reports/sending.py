"""Sending a sheet as a file to keep."""

from collections.abc import Iterator

from flask import Response, stream_with_context

from lms.reports.sheets import FORMATS, Sheet, stream


def download(sheet: Sheet, file_format: str) -> Response:
    """A sheet as a file to keep, sent as it is made."""
    pieces: Iterator[bytes] = stream(sheet, file_format)
    response = Response(stream_with_context(pieces), content_type=FORMATS[file_format])
    response.headers.set("Content-Disposition", "attachment", filename=f"{sheet.name}.{file_format}")
    return response
