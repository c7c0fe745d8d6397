"""The radar chart: what it draws, in each direction."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.assessments.instruments import Questions
from lms.charts import Series, radar
from lms.charts.radar import CENTRE, FONT, HEIGHT, RADIUS, WIDTH, place
from lms.formats import Formatter
from lms.i18n import reading_as
from tests.conftest import LANGUAGES
from tests.unit.test_instruments import SHIPPED

SVG = "{http://www.w3.org/2000/svg}"
#: A letter is at most so much of the font's size wide: what the widest fallback face takes on average.
LETTER = 0.62


def drawn(labels: list[str], *series: Series, language: str = "en") -> ElementTree.Element:
    with reading_as(Formatter(language)):
        text = str(radar(labels, series, 4, key="r", title="T", text="D"))
    return ElementTree.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def points(polygon: ElementTree.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in polygon.attrib["points"].split())]


def shapes(chart: ElementTree.Element) -> list[ElementTree.Element]:
    """The polygons of series, in the order in which they are drawn."""
    return [each for each in chart.iter(f"{SVG}polygon") if "stroke-dasharray" in each.attrib]


VALUES = [1.0, 2.0, 3.0, 4.0, 2.0, 1.0, 4.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_of_the_shipped_instrument_leaves_the_chart(language: str) -> None:
    labels = [area.labels[language] for area in Questions(SHIPPED).areas]
    for line in drawn(labels, Series("now", VALUES), language=language).iter(f"{SVG}tspan"):
        x, y, wide = float(line.attrib["x"]), float(line.attrib["y"]), len(line.text or "") * FONT * LETTER
        to_the_right = x >= CENTRE[0]
        centred = abs(x - CENTRE[0]) < 25
        begins = x - wide / 2 if centred else (x if to_the_right else x - wide)
        assert begins >= 0, line.text
        assert begins + wide <= WIDTH, line.text
        assert FONT <= y <= HEIGHT - FONT / 4, line.text


def test_it_goes_round_as_the_page_reads() -> None:
    english, persian = (shapes(drawn(["a"] * 7, Series("now", VALUES), language=code))[0] for code in ("en", "fa"))
    mirrored = [(round(WIDTH - x, 1), y) for x, y in points(persian)]
    assert points(english) == mirrored
    assert points(english)[1][0] > CENTRE[0] > points(persian)[1][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_beside_the_chart_grows_away_from_it(language: str) -> None:
    texts = [each for each in drawn(["aa"] * 7, language=language).iter(f"{SVG}text") if "text-anchor" in each.attrib]
    for text in texts:
        x, anchor = float(text[0].attrib["x"]), text.attrib["text-anchor"]
        if abs(x - CENTRE[0]) < 1:
            assert anchor == "middle"
        else:
            grows_right = anchor == ("start" if language == "en" else "end")
            assert grows_right == (x > CENTRE[0])


def test_series_differ_in_line_and_mark() -> None:
    chart = drawn(["a"] * 3, Series("now", [1, 2, 3]), Series("then", [3, 2, None]))
    behind, before = shapes(chart)
    assert before.attrib["stroke-dasharray"] == "none"
    assert behind.attrib["stroke-dasharray"] != "none"
    assert behind.attrib["fill"] == "none"
    assert len(list(chart.iter(f"{SVG}circle"))) == 3
    assert len(list(chart.iter(f"{SVG}rect"))) == 2


def test_it_has_a_name_and_a_text_and_escapes_what_it_is_given() -> None:
    with reading_as(Formatter("en")):
        text = str(radar(["<b>"], [], 4, key="k", title="<i>", text="&"))
    assert 'role="img" aria-labelledby="k-t k-d"' in text
    assert "&lt;i&gt;" in text
    assert "&lt;b&gt;" in text
    assert not re.search("<b>|<i>|style=", text)


@given(st.integers(3, 12), st.floats(0, 1))
def test_every_place_lies_on_its_circle(axes: int, share: float) -> None:
    for axis in range(axes):
        x, y = place(axis, axes, share)
        assert abs(((x - CENTRE[0]) ** 2 + (y - CENTRE[1]) ** 2) ** 0.5 - RADIUS * share) < 0.2
