"""Recordings: nobody is named in what is kept, and what is heard and seen stays as it was."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.media import MediaError
from lms.media.ogg import checksum
from lms.media.recordings import clean_recording
from lms.media.webm import blank_private
from lms.media.xiph import blank_comments
from tests.media import box, comments, element, film, flac_block, ogg_pages, sound, spoken, wav, webm

names = st.binary(min_size=8, max_size=2000).map(lambda found: b"SECRET" + found + b"SECRET")
KINDS = ("opus", "vorbis", "speex", "flac")


def cleaned(content: bytes, extension: str) -> bytes:
    return clean_recording(io.BytesIO(content), extension).read()


def pages(content: bytes) -> list[bytes]:
    """The pages of an Ogg file; each has the checksum that it says."""
    found = []
    while content:
        count = content[26]
        end = 27 + count + sum(content[27 : 27 + count])
        page, content = content[:end], content[end:]
        assert struct.unpack("<I", page[22:26])[0] == checksum(page[:22] + bytes(4) + page[26:])
        found.append(page)
    return found


@given(st.sampled_from(KINDS), names, st.binary(max_size=3000))
@settings(max_examples=60, deadline=None)
def test_an_ogg_file_keeps_its_sound_and_loses_its_comments(kind: str, words: bytes, heard: bytes) -> None:
    before = spoken(kind, words, heard)
    after = cleaned(before, "ogg")
    assert b"SECRET" not in after
    assert len(after) == len(before)
    assert [page[-len(heard) :] for page in pages(after)][-1:] == [page[-len(heard) :] for page in pages(before)][-1:]
    assert after[:60] == before[:60], "what the stream is"
    assert cleaned(after, "ogg") == after


def test_comments_that_say_nothing_are_comments_still() -> None:
    blank = blank_comments(comments(b"SECRET"), head=b"OpusTags")
    length = struct.unpack("<I", blank[8:12])[0]
    assert blank[12 : 12 + length].strip() == b""
    assert blank[12 + length :] == bytes(4), "no comment follows"


def test_streams_one_after_the_other_and_side_by_side_are_all_blanked() -> None:
    first, second = spoken("vorbis", b"SECRET one"), spoken("opus", b"SECRET two")
    other = ogg_pages(9, [b"OpusHead" + bytes(11), comments(b"SECRET three"), b"z" * 80])
    assert b"SECRET" not in cleaned(first + second + other, "ogg")


@pytest.mark.parametrize(
    "wrong",
    [
        spoken("opus", b"SECRET")[:-5],
        spoken("opus", b"SECRET") + b"TAG and more",
        ogg_pages(1, [b"OpusHead" + bytes(11)]),
        ogg_pages(1, [b"fishead\0" + bytes(40), b"Name: SECRET"]),
        ogg_pages(1, [b"OpusHead" + bytes(11), b"no comments"]),
        b"OggS",
    ],
)
def test_an_ogg_file_that_cannot_be_read_is_refused(wrong: bytes) -> None:
    with pytest.raises(MediaError, match="damaged"):
        cleaned(wrong, "ogg")


@given(names, st.binary(min_size=1, max_size=1000), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_webm_file_keeps_its_blocks_where_they_are(words: bytes, block: bytes, live: bool) -> None:
    before = webm(words, block, live=live)
    after = cleaned(before, "webm")
    assert b"SECRET" not in after
    assert len(after) == len(before)
    held = element(0xA3, block)
    assert after.count(held) == 2
    assert after.index(held) == before.index(held)
    assert cleaned(after, "webm") == after


def test_what_a_webm_file_must_say_it_says_still() -> None:
    before, after = webm(b"SECRET"), cleaned(webm(b"SECRET"), "webm")
    kept = (b"\x2a\xd7\xb1", b"\x4d\x80", b"\x57\x41", b"\x86", b"\x63\xa2", b"\x1f\x43\xb6\x75")
    assert all(after.count(name) == before.count(name) for name in kept)
    gone = (b"\x12\x54\xc3\x67", b"\x19\x41\xa4\x69", b"\x10\x43\xa7\x70", b"\x53\x6e", b"\x73\xa4")
    assert not any(name in after for name in gone), "what led to the tags too"


def test_what_a_decoder_gets_has_no_comments() -> None:
    private = b"fLaC" + flac_block(0, bytes(34)) + flac_block(4, comments(b"SECRET", b""), last=True)
    assert b"SECRET" not in blank_private(b"A_FLAC", private)
    assert blank_private(b"A_OPUS", b"OpusHead") == b"OpusHead"


@pytest.mark.parametrize(
    "wrong", [webm(b"SECRET")[:-3], webm(b"x") + b"\0" * 9, b"\x1a\x45\xdf\xa3", b"\x1a\x45\xdf\xa3\xff"]
)
def test_a_webm_file_that_cannot_be_read_is_refused(wrong: bytes) -> None:
    with pytest.raises(MediaError, match="damaged"):
        cleaned(wrong, "webm")


def measured(dated: bytes, *, far: bool = False) -> bytes:
    """A film with a track of measurements: three samples in two chunks of the file's data."""
    start = len(film()) - 50
    places = struct.pack(">IIQQ" if far else ">IIII", 0, 2, start + 4, start + 30)
    tables = (
        box(b"stsz", struct.pack(">IIIIII", 0, 0, 3, 6, 6, 6))
        + box(b"stsc", struct.pack(">IIIIIIII", 0, 2, 1, 2, 1, 2, 1, 1))
        + box(b"co64" if far else b"stco", places)
    )
    handler = box(b"hdlr", bytes(8) + b"meta" + b"SECRET")
    place = box(b"trak", box(b"mdia", handler + box(b"minf", box(b"stbl", tables))))
    content = bytearray(film() + box(b"moov", dated + place))
    for at in (4, 10, 30):
        content[start + at : start + at + 6] = b"SECRET"
    return bytes(content)


def test_a_film_loses_its_dates_and_what_the_telephone_measured() -> None:
    dated = box(b"mvhd", bytes(4) + b"DATEDATE" + bytes(20)) + box(
        b"trak", box(b"mdia", box(b"mdhd", b"\1" + bytes(3) + b"DATEDATEDATEDATE" + bytes(20)))
    )
    before = measured(dated)
    after = cleaned(before, "mp4")
    assert len(after) == len(before)
    assert not any(found in after for found in (b"DATE", b"SECRET", b"+35.68"))
    assert after[len(film()) - 50 :][:50] == b"xxxx" + bytes(12) + b"x" * 14 + bytes(6) + b"x" * 14
    assert b"SECRET" not in cleaned(measured(b"", far=True), "mp4")
    for wrong in (film()[:-5], measured(b"") + box(b"moof", b""), measured(b"").replace(b"stsz", b"stz2")):
        with pytest.raises(MediaError, match="damaged"):
            cleaned(wrong, "mp4")


@given(names, st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_a_wav_file_keeps_its_sound(words: bytes, samples: bytes) -> None:
    before = wav(words, samples)
    after = cleaned(before, "wav")
    assert b"SECRET" not in after.replace(samples, b"")
    assert len(after) == len(before)
    assert samples in after


def ape(words: bytes, *, headed: bool) -> bytes:
    """A tag of APE."""
    foot = b"APETAGEX" + struct.pack("<IIII", 2000, len(words) + 32, 1, headed << 31) + bytes(8)
    return (foot if headed else b"") + words + foot


@given(names, st.booleans(), st.integers(0, 2))
@settings(max_examples=40, deadline=None)
def test_an_mp3_file_is_cut_out_of_its_tags(words: bytes, headed: bool, heads: int) -> None:
    size = bytes((len(words) >> shift & 0x7F) for shift in (21, 14, 7, 0))
    head = b"ID3\x04\0\0" + size + words
    heard = b"\xff\xfb\x90\x00" + b"\0" * 400
    lyrics = b"LYRICSBEGIN" + words
    tails = ape(words, headed=headed) + lyrics + b"%06d" % len(lyrics) + b"LYRICS200" + b"TAG" + bytes(125)
    assert cleaned(head * heads + heard + tails, "mp3") == heard
    assert cleaned(sound(), "mp3") == heard


def test_an_mp3_file_without_sound_is_refused() -> None:
    with pytest.raises(MediaError):
        cleaned(b"ID3\x04\0\0\0\0\0\x04SECR", "mp3")


def measuring(*samples: int, end: int = 0) -> bytes:
    """A track of measurements: samples of those lengths, all at one place."""
    sizes = struct.pack(f">III{len(samples)}I", 0, 0, len(samples), *samples)
    runs = struct.pack(">IIIII", 0, 1, 1, 1, 1) if samples else bytes(8)
    places = struct.pack(f">II{len(samples)}I", 0, len(samples), *([end] * len(samples)))
    tables = box(b"stsz", sizes) + box(b"stsc", runs) + box(b"stco", places)
    return box(b"trak", box(b"hdlr", bytes(8) + b"meta") + tables)


def nested(depth: int) -> bytes:
    """Tracks in tracks."""
    content = b""
    for _ in range(depth):
        content = box(b"trak", content)
    return content


@pytest.mark.parametrize(
    ("extension", "hostile"),
    [
        ("mp4", box(b"free", b"") * 200_001),
        ("mp4", nested(50)),
        ("mp4", measuring(*[9000] * 50) + box(b"mdat", bytes(9000))),
        ("mp4", measuring(9000, end=3 * len(measuring(9000))) * 3 + box(b"mdat", bytes(9000))),
        ("webm", element(0x1A45DFA3, b"") + element(0x18538067, element(0x1549A966, element(0xEC, b"") * 400))),
        ("webm", element(0x1A45DFA3, b"") + element(0x18538067, element(0x1654AE6B, b"") * 20)),
        ("webm", element(0xEC, b"") * 400 + webm(b"x")),
        ("wav", wav(b"x") + b"abcd\0\0\0\0" * 10_001),
        ("mp3", b"ID3\x04\0\0\0\0\0\0" * 1001 + sound()),
        ("mp3", sound() + b"000000LYRICS200" * 1001),
        ("ogg", b"".join(struct.pack("<4sBBqIIIB", b"OggS", 0, 2, 0, n, 1, 0, 0) for n in range(100_001))),
    ],
)
def test_what_would_take_for_ever_is_refused(extension: str, hostile: bytes) -> None:
    """Each of them is small; one as large as may be handed in would take hours, or all memory."""
    with pytest.raises(MediaError, match="damaged"):
        cleaned(hostile, extension)


class Counted(io.BytesIO):
    """A file that counts how often it is read."""

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.reads += 1
        return super().read(size)


def test_reading_a_film_grows_with_its_length_alone() -> None:
    reads = []
    for count in (50, 100):
        file = Counted(measuring() * count)
        clean_recording(file, "mp4")
        reads.append(file.reads)
    assert reads[1] < reads[0] * 2.2


@given(st.sampled_from(["ogg", "webm", "mp4", "wav", "mp3"]), st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_comes_is_cleaned_or_refused(extension: str, data: st.DataObject) -> None:
    made = {"ogg": spoken("vorbis", b"w"), "webm": webm(b"w"), "mp4": film(), "wav": wav(b"w"), "mp3": sound()}
    content = bytearray(made[extension])
    for _change in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(1, len(content)))]
    try:
        assert len(cleaned(bytes(content), extension)) <= len(content)
    except MediaError:
        return
