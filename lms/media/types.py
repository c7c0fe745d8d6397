"""What a file is, by its first bytes; names and what browsers say are not believed."""

from collections.abc import Mapping

IMAGE, AUDIO, VIDEO, CAPTIONS = "image", "audio", "video", "captions"

TYPES: Mapping[str, tuple[str, str]] = {
    "jpg": (IMAGE, "image/jpeg"),
    "png": (IMAGE, "image/png"),
    "webp": (IMAGE, "image/webp"),
    "mp3": (AUDIO, "audio/mpeg"),
    "m4a": (AUDIO, "audio/mp4"),
    "ogg": (AUDIO, "audio/ogg"),
    "wav": (AUDIO, "audio/wav"),
    "mp4": (VIDEO, "video/mp4"),
    "webm": (VIDEO, "video/webm"),
    "vtt": (CAPTIONS, "text/vtt"),
}
"""Extension to kind and type. Pictures in other formats are taken, and kept as one of these."""
_IMAGES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF8", "gif"))
_SOUNDS = ((b"ID3", "mp3"), (b"OggS", "ogg"), (b"\x1a\x45\xdf\xa3", "webm"))
#: Pictures of some telephones, which few browsers show.
_FOREIGN = {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}
_BRANDS = {b"M4A ": "m4a", b"M4B ": "m4a", b"avif": "avif", b"avis": "avif"}


def sniff(head: bytes) -> str | None:
    """The extension of a file that begins with these bytes (32 are enough), or None for what is not taken."""
    for start, extension in (*_IMAGES, *_SOUNDS):
        if head.startswith(start):
            return extension
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12])
    if head[4:8] == b"ftyp" and head[8:12] not in _FOREIGN:
        return _BRANDS.get(head[8:12], "mp4")
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "mp3"
    return "vtt" if head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") else None


def extension_of(content_type: str) -> str:
    """The extension of a type that is kept."""
    return next(extension for extension, (_kind, found) in TYPES.items() if found == content_type)


def kind_of_name(name: str) -> str:
    """The kind of a file by its name; empty for what is not taken."""
    return TYPES.get(name.rpartition(".")[2], ("", ""))[0]
