"""Images with credentials in them, and lists of revocations."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lms.certification.openbadges.baking import baked_png, baked_svg, from_png, from_svg
from lms.certification.openbadges.bitstrings import BITS, decoded_list, encoded_list, is_set
from lms.certification.openbadges.emblems import emblem, emblem_png
from lms.certification.openbadges.refusals import Refused

JSON_TEXTS = st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=4).map(
    lambda value: json.dumps(value, ensure_ascii=False)
)
TOKENS = st.from_regex(r"[A-Za-z0-9_-]{1,40}\.[A-Za-z0-9_-]{1,40}\.[A-Za-z0-9_-]{1,40}", fullmatch=True)
SVG = emblem(2, whole=False)


@given(st.one_of(JSON_TEXTS, TOKENS))
def test_what_is_baked_into_a_png_comes_out(text: str) -> None:
    png = emblem_png(2, whole=False)
    baked = baked_png(png, text)
    assert from_png(baked) == text
    with Image.open(BytesIO(baked)) as image, Image.open(BytesIO(png)) as plain:
        assert image.tobytes() == plain.tobytes()


def xml_text(text: str) -> bool:
    """Whether XML can hold it; it makes one line ending of all."""
    return all(c >= " " and c not in "\ufffe\uffff" for c in text)


@given(st.one_of(JSON_TEXTS.filter(xml_text), TOKENS, st.just('{"a":"]]>","b":"<x>&amp;"}')))
def test_what_is_baked_into_an_svg_comes_out(text: str) -> None:
    assert from_svg(baked_svg(SVG, text).encode()) == text


@pytest.mark.parametrize("text", ["header.payload.signature", '{"name": "آگاه"}'])
def test_other_tools_read_what_we_bake(text: str) -> None:
    from openbadgeslib.ob3 import OB3Verifier

    assert OB3Verifier.extract_token_from_png(baked_png(emblem_png(1, whole=False), text)) == text
    assert OB3Verifier.extract_token_from_svg(baked_svg(SVG, text).encode()) == text


def test_an_emblem_needs_no_fonts_and_shows_its_level() -> None:
    assert "<text" not in emblem(4, whole=True)
    assert len({emblem(marks, whole=whole) for marks in range(7) for whole in (True, False)}) == 14
    with Image.open(BytesIO(emblem_png(0, whole=True))) as image:
        assert image.size == (512, 512)
        assert image.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "image",
    [
        emblem_png(1, whole=False),
        baked_png(baked_png(emblem_png(1, whole=False), "a.b.c"), "a.b.c"),
        baked_png(emblem_png(1, whole=False), "a.b.c")[:-20],
        baked_png(emblem_png(1, whole=False), "a.b.c").replace(b"a.b.c", b"a.b.d"),
        b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffiTXt",
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0",
    ],
)
def test_a_png_without_one_whole_credential_is_refused(image: bytes) -> None:
    with pytest.raises(Refused):
        from_png(image)


@pytest.mark.parametrize(
    "image",
    [
        SVG,
        baked_svg(baked_svg(SVG, "a.b.c"), "a.b.c"),
        "<svg ",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>',
        '<?xml version="1.0" encoding="nothing"?><svg/>',
    ],
)
def test_an_svg_without_one_whole_credential_is_refused(image: str) -> None:
    with pytest.raises(Refused):
        from_svg(image.encode())


@given(st.sets(st.integers(0, BITS - 1), max_size=200))
def test_a_list_comes_back(places: set[int]) -> None:
    data = decoded_list(encoded_list(places))
    assert len(data) * 8 == BITS
    assert {place for place in places if is_set(data, place)} == places
    assert sum(byte.bit_count() for byte in data) == len(places)


def test_the_standards_empty_list_is_read() -> None:
    # W3C, Bitstring Status List 1.0, example 2.
    empty = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert not any(decoded_list(empty))
    with pytest.raises(ValueError, match="beyond"):
        is_set(decoded_list(empty), BITS)


@pytest.mark.parametrize("text", ["", "u", "zABC", encoded_list(()).removeprefix("u"), encoded_list(())[:-8]])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decoded_list(text)


def test_a_list_made_to_burst_is_refused() -> None:
    import gzip

    from lms.certification.openbadges.bitstrings import MOST_BYTES
    from lms.certification.openbadges.multibase import base64url

    with pytest.raises(ValueError, match="longer"):
        decoded_list(base64url(gzip.compress(bytes(MOST_BYTES + 1))))
    with pytest.raises(ValueError, match="shorter"):
        decoded_list(base64url(gzip.compress(bytes(100))))
