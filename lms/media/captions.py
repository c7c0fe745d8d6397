"""Captions: WebVTT, nothing else, and whole."""

import re

from lms.i18n import gettext as _
from lms.media.errors import MediaError
from lms.text import clean_text

_CUE = re.compile(r"^(?:\d{2,}:)?\d{2}:\d{2}\.\d{3} --> (?:\d{2,}:)?\d{2}:\d{2}\.\d{3}", re.MULTILINE)
_TIME = re.compile(r"^((?:\d{2,}:)?\d{2}:\d{2}),(\d{3}) --> ((?:\d{2,}:)?\d{2}:\d{2}),(\d{3})", re.MULTILINE)
_NUMBERED = re.compile(r"\A\s*\d+\s*\n(?:\d{2,}:)?\d{2}:\d{2},\d{3} -->")


def clean_captions(content: bytes) -> bytes:
    """Captions as they are kept: WebVTT in UTF-8. SubRip is turned into it. Raises MediaError."""
    try:
        text = clean_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise MediaError(_("These captions are not in UTF-8.")) from error
    if _NUMBERED.match(text):
        text = "WEBVTT\n\n" + _TIME.sub(r"\1.\2 --> \3.\4", text.lstrip())
    if not text.startswith("WEBVTT") or not _CUE.search(text):
        raise MediaError(_("These captions are not WebVTT (a file that begins with WEBVTT and has times)."))
    return (text.rstrip() + "\n").encode()
