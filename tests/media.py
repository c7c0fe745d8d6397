"""Small files of every kind, with and without what should not be in them."""

import io
import struct

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from lms.clock import now
from lms.db import write_unit
from lms.media import Facts, take
from lms.media.ogg import checksum
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


def ogg_pages(serial: int, packets: list[bytes], *, at: int = 0, first: bool = True) -> bytes:
    """Pages that hold packets, a packet a page, long ones on several."""
    made, number = b"", 0
    for place, packet in enumerate(packets):
        lengths = [255] * (len(packet) // 255) + [len(packet) % 255]
        for start in range(0, len(lengths), 255):
            some = lengths[start : start + 255]
            content = packet[255 * start : 255 * start + sum(some)]
            flags = (start > 0) | (2 if first and place == 0 and start == 0 else 0)
            head = struct.pack("<4sBBqIII", b"OggS", 0, flags, at, serial, number, 0) + bytes((len(some), *some))
            page = head + content
            made += page[:22] + struct.pack("<I", checksum(page)) + page[26:]
            number += 1
    return made


def comments(words: bytes, head: bytes = b"OpusTags", end: bytes = b"") -> bytes:
    """A packet of comments, with a name of the encoder and one comment."""
    vendor = b"encoder " + words
    return head + struct.pack("<I", len(vendor)) + vendor + struct.pack("<II", 1, len(words)) + words + end


def flac_block(kind: int, content: bytes, *, last: bool = False) -> bytes:
    """A metadata block of FLAC."""
    return bytes((kind | last << 7,)) + len(content).to_bytes(3, "big") + content


def spoken(kind: str, words: bytes, sound: bytes = b"x" * 700) -> bytes:
    """An Ogg file of that codec: heads with comments, and a packet of sound."""
    heads = {
        "opus": [b"OpusHead" + bytes(11), comments(words)],
        "vorbis": [b"\x01vorbis" + bytes(23), comments(words, b"\x03vorbis", b"\1"), b"\x05vorbis setup"],
        "speex": [b"Speex   " + bytes(72), comments(words, b"")],
        "flac": [
            b"\x7fFLAC\1\0\0\2fLaC" + flac_block(0, bytes(34)),
            flac_block(4, comments(words, b"")),
            flac_block(6, words, last=True),
        ],
    }
    return ogg_pages(7, [*heads[kind], sound])


def element(name: int, content: bytes, *, width: int = 4, unknown: bool = False) -> bytes:
    """An element of a Matroska file; `unknown`: without its length."""
    length = (1 << 7 * width) - 1 if unknown else len(content)
    return (
        name.to_bytes((name.bit_length() + 7) // 8, "big") + (length | 1 << 7 * width).to_bytes(width, "big") + content
    )


def webm(words: bytes, cluster: bytes = b"y" * 300, *, live: bool = False, codec: bytes = b"A_VORBIS") -> bytes:
    """A WebM file that says `words` wherever it can; `live`: as it is recorded, without lengths and at once."""
    vorbis = [b"\x01vorbis" + bytes(23), comments(words, b"\x03vorbis", b"\1"), b"\x05vorbis setup"]
    lacing = b"".join(b"\xff" * (len(one) // 255) + bytes((len(one) % 255,)) for one in vorbis[:2])
    private = b"\2" + lacing + b"".join(vorbis)
    seeks = [
        element(0x4DBB, element(0x53AB, name) + element(0x53AC, b"\x40"))
        for name in (b"\x12\x54\xc3\x67", b"\x15\x49\xa9\x66")
    ]
    about = [(0x7BA9, words), (0x4461, bytes(8)), (0x4D80, words), (0x5741, words), (0x73A4, words), (0xBF, bytes(4))]
    info = element(0x2AD7B1, b"\x0f\x42\x40") + b"".join(element(name, said) for name, said in about)
    track = element(0xD7, b"\1") + element(0x86, codec) + element(0x536E, words) + element(0x63A2, private)
    block = element(0xE7, b"\0") + element(0xA3, cluster)
    tags = element(0x1254C367, element(0x7373, words))
    parts = [
        b"" if live else element(0x114D9B74, b"".join(seeks)),
        element(0x1549A966, info),
        element(0x1654AE6B, element(0xAE, track)),
        element(0x1F43B675, block, unknown=live),
        element(0x1F43B675, block, unknown=live),
        tags,
        element(0x1941A469, element(0x61A7, words)),
        element(0x1043A770, words),
    ]
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    return head + element(0x18538067, b"".join(parts), width=8, unknown=live)


def wav(words: bytes, samples: bytes = b"\1\2" * 50) -> bytes:
    """A WAV file with a list of names before and after its sound."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)

    said = chunk(b"LIST", b"INFOIART" + words)
    body = b"WAVE" + chunk(b"fmt ", bytes(16)) + said + chunk(b"data", samples) + chunk(b"bext", words)
    return b"RIFF" + struct.pack("<I", len(body)) + body


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
