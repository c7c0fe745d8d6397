"""Recordings: what says who made them, where, when and with what goes; sound and pictures stay as they are."""

import io
import struct
from collections.abc import Callable, Mapping
from typing import BinaryIO

from lms.i18n import gettext as _
from lms.media.errors import MediaError
from lms.media.mp3 import sound_of_mp3
from lms.media.mp4 import blank_mp4
from lms.media.ogg import blank_ogg
from lms.media.wav import blank_wav
from lms.media.webm import blank_webm

_BLANK: Mapping[str, Callable[[BinaryIO], None]] = {
    "mp4": blank_mp4,
    "m4a": blank_mp4,
    "ogg": blank_ogg,
    "webm": blank_webm,
    "wav": blank_wav,
}


def clean_recording(file: BinaryIO, extension: str) -> BinaryIO:
    """A recording that tells nothing of its maker, from its beginning; it is changed in place.

    Raises MediaError for one that cannot be read to its end: what is in it is not known.
    """
    try:
        if extension == "mp3":
            start, end = sound_of_mp3(file)
            file.seek(start)
            return _some(file.read(end - start))
        _BLANK[extension](file)
    except (ValueError, IndexError, struct.error, RecursionError) as error:
        raise MediaError(
            _("This recording is damaged, or made in a way that cannot be cleaned of names and places: save it anew.")
        ) from error
    file.seek(0)
    return file


def _some(sound: bytes) -> BinaryIO:
    if not sound:
        raise ValueError("no sound")
    return io.BytesIO(sound)
