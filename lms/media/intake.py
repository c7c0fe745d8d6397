"""Taking files in: what comes is cleaned, what is stored is examined."""

import io
import os
from pathlib import Path
from typing import BinaryIO

from lms.i18n import gettext as _
from lms.i18n import reader
from lms.media import images
from lms.media.captions import clean_captions
from lms.media.errors import MediaError
from lms.media.facts import Facts, Variant
from lms.media.mp4 import size_of_mp4
from lms.media.recordings import clean_recording
from lms.media.types import AUDIO, CAPTIONS, IMAGE, TYPES, VIDEO, sniff
from lms.storage import Storage

__all__ = ["MOST_BYTES", "MediaError", "examine", "take"]

MEGABYTE = 1024 * 1024
MOST_BYTES = {IMAGE: 12 * MEGABYTE, AUDIO: 48 * MEGABYTE, VIDEO: 160 * MEGABYTE, CAPTIONS: MEGABYTE // 2}
_NEW_NAMES = {"gif": "png", "avif": "jpg"}
_HEAD = 32


def take(file: BinaryIO, storage: Storage) -> Facts:
    """Store an upload as it may be shown: without what it says of its maker. Raises MediaError.

    It may be changed in place: give what can be thrown away.
    """
    extension = _extension(file)
    kind = TYPES[_NEW_NAMES.get(extension, extension)][0]
    _refuse_large(file, kind)
    cleaned = _cleaned(file, extension)
    return examine(storage.put(cleaned).key, storage)


def _extension(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(4096)
    found = sniff(head[:_HEAD])
    if found is None and b"-->" in head:
        found = "vtt"
    if found is None:
        raise MediaError(_("This is no picture, recording or captions that can be shown."))
    return found


def _refuse_large(file: BinaryIO, kind: str) -> None:
    file.seek(0, os.SEEK_END)
    if file.tell() > MOST_BYTES[kind]:
        raise MediaError(_("This file is too large: %(most)s at most.", most=reader().file_size(MOST_BYTES[kind])))
    file.seek(0)


def _cleaned(file: BinaryIO, extension: str) -> BinaryIO:
    kind = TYPES[_NEW_NAMES.get(extension, extension)][0]
    if kind == IMAGE:
        return io.BytesIO(images.clean(file)[0])
    if kind == CAPTIONS:
        return io.BytesIO(clean_captions(file.read()))
    return clean_recording(file, extension)


def examine(key: str, storage: Storage) -> Facts:
    """The facts of a stored file; of a picture, its variants are made and stored. Raises MediaError."""
    with storage.at_hand(key) as path:
        return _examine(key, path, storage)


def _examine(key: str, path: Path, storage: Storage) -> Facts:
    with path.open("rb") as file:
        extension = sniff(file.read(_HEAD))
    if extension is None or extension not in TYPES:
        raise MediaError(_("This is no picture, recording or captions that can be shown."))
    kind, content_type = TYPES[extension]
    size = path.stat().st_size
    if size > MOST_BYTES[kind]:
        raise MediaError(_("This file is too large: %(most)s at most.", most=reader().file_size(MOST_BYTES[kind])))
    if kind == IMAGE:
        width, height = images.size_of(path)
        return Facts(key, kind, content_type, size, width, height, _variants(path, storage))
    with path.open("rb") as file:
        shape = size_of_mp4(file) if extension == "mp4" else None
    return Facts(key, kind, content_type, size, *(shape or (None, None)))


def _variants(path: Path, storage: Storage) -> tuple[Variant, ...]:
    found = []
    for width, extension, content in images.variants(path):
        stored = storage.put(io.BytesIO(content))
        found.append(Variant(f"{width}.{extension}", stored.key, f"image/{extension}", width, stored.size))
    return tuple(found)
