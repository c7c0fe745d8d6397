"""Small files of every kind, with and without what should not be in them."""

import io
import struct

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from lms.clock import now
from lms.db import write_unit
from lms.media import Facts, take
from lms.storage import current_storage
from lms.training.media import give_media
from lms.training.models import Module

PLACE = (35.0, 41.0, 21.5)
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nFirst words\n"


def picture(width: int = 700, height: int = 400, form: str = "JPEG", *, place: bool = False) -> bytes:
    """A picture of two colours; with `place`, as a phone takes it, with GPS and the name of its maker."""
    image = Image.new("RGB", (width, height), "#0b6e66")
    image.paste("#f4efe4", (0, 0, width // 2, height))
    exif = Image.Exif()
    if place:
        exif[Base.Make.value] = "Somebody's phone"
        exif[Base.Orientation.value] = 6
        exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude.value] = PLACE
    buffer = io.BytesIO()
    image.save(buffer, form, **({"exif": exif} if place else {}))
    return buffer.getvalue()


def box(name: bytes, content: bytes) -> bytes:
    """A box of an MP4 file."""
    return struct.pack(">I4s", len(content) + 8, name) + content


def film(words: bytes = b"+35.68+051.42/", size: tuple[int, int] = (320, 240)) -> bytes:
    """An MP4 file without pictures: what surrounds them, with a place in it."""
    header = bytes(76) + struct.pack(">II", size[0] << 16, size[1] << 16)
    track = box(b"trak", box(b"tkhd", header) + box(b"udta", words))
    return (
        box(b"ftyp", b"isom\0\0\2\0isom")
        + box(b"moov", track + box(b"udta", box(b"\xa9xyz", words)))
        + box(b"mdat", b"x" * 50)
    )


def sound(words: bytes = b"Somebody") -> bytes:
    """An MP3 file: tags, some frames, tags."""
    head = b"ID3\x04\0\0" + bytes((0, 0, 0, len(words))) + words
    return head + b"\xff\xfb\x90\x00" + b"\0" * 400 + b"TAG" + words.ljust(125, b"\0")


def keep_picture(module: Module, name: str = "photo.jpg") -> Facts:
    """Give a module a small picture."""
    facts = take(io.BytesIO(picture(60, 60)), current_storage())
    with write_unit():
        give_media(module, {name: facts}, actor_id=None, now=now())
    return facts
