"""QR codes: the drawn squares are those of the address, on a white ground of their own."""

import re
from xml.etree import ElementTree

import pytest
import segno

from lms.documents.qr import QUIET_ZONE, qr_image, qr_svg

URL = "https://lms.example.org/v/TSH-7K2M-94QD"


def dark_squares(svg: str, border: int) -> set[tuple[int, int]]:
    """The (column, row) of each dark square, walked from the strokes of the path."""
    path = re.search(r'<path[^>]*stroke="#000" d="([^"]+)"', svg)
    assert path is not None
    squares, x, y = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            squares |= {(int(x) + step - border, int(y) - border) for step in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return squares


def expected_squares() -> set[tuple[int, int]]:
    matrix = segno.make_qr(URL, error="m").matrix
    return {(column, row) for row, line in enumerate(matrix) for column, dark in enumerate(line) if dark}


def test_squares_are_those_of_the_address() -> None:
    assert dark_squares(qr_svg(URL, "x"), QUIET_ZONE) == expected_squares()
    assert dark_squares(qr_image(URL), 0) == expected_squares()


def test_page_element_is_accessible_and_has_no_style() -> None:
    svg = qr_svg(URL, 'Open "A & B" <now>')
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.findtext("title") == 'Open "A & B" <now>'
    assert root.get("class") == "qr"
    assert "style" not in svg
    assert "width" not in root.attrib
    ground = root.find("path")
    assert ground is not None
    assert ground.get("fill") == "#fff"


@pytest.mark.parametrize("address", ["", "https://example.org/" + "x" * 3000])
def test_an_address_that_cannot_be_drawn_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        qr_svg(address, "x")
