"""From the bytes of a file to its text: byte order marks, UTF-8, UTF-16, the old Arabic and Persian code pages."""

import re

from lms.exchange.errors import UnreadableFile

MOST_BYTES = 20 * 1024 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What cp1256 reads into UTF-8 of Persian and Arabic: text that was saved twice.
_TWICE = re.compile("[طظ][\u0080-\u06ff€‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—™›œ؛؟°±²³´µ¶·¸¹»¼½¾]")


def read_bytes(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding. Raises UnreadableFile where it is no text."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty")
    if len(data) > MOST_BYTES:
        raise UnreadableFile("too_large")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _BINARY.search(text):
            return _mended(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")), encoding
    raise UnreadableFile("not_text")


def _candidates(data: bytes) -> list[str]:
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    if not marked and b"\x00" in data[:64]:
        marked = ["utf-16-le" if data[1:2000:2].count(0) > data[:2000:2].count(0) else "utf-16-be"]
    declared = _DECLARED.search(data[:400])
    named = [declared[1].decode("ascii")] if declared and not marked else []
    return [*marked, "utf-8", *(name for name in named if name.lower() != "utf-8"), "cp1256", "cp1252"]


def _mended(text: str) -> str:
    """UTF-8 that was taken for cp1256 and saved again as UTF-8 becomes what it was; anything else stays."""
    if len(_TWICE.findall(text[:4000])) < 8:
        return text
    try:
        return text.encode("cp1256").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
