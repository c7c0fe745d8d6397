"""Lines, funnels, bars that reach and pairs: what they draw, in each direction."""

from xml.etree import ElementTree

import pytest

from lms.charts import Reach, Series, funnel, lines, pairs, reaches
from lms.charts.plots import FEW, LABELS, LEADING, LINE
from lms.formats import Formatter
from lms.i18n import reading_as
from tests.conftest import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"
PAPER = "var(--sheet)"
TWO = [Series("a", [1, 4, 8]), Series("b", [2, None, 3])]


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(text).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def texts(chart: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in chart.iter(f"{SVG}text")]


def percents(drawn: ElementTree.Element, name: str) -> float:
    """A length or a place along the chart."""
    return float(drawn.attrib[name].removesuffix("%"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_time_goes_as_reading_does(language: str) -> None:
    with reading_as(Formatter(language)):
        chart = parsed(lines(["x", "y", "z"], TWO[:1], key="k", title="T", text="D"))
    (line, _in_legend) = chart.iter(f"{SVG}polyline")
    along = [float(pair.split(",")[0]) for pair in line.attrib["points"].split()]
    assert along == sorted(along, reverse=language != "en")
    assert all(0 <= x <= 100 for x in along)
    marks = [each.attrib["cx"] for each in chart.findall(f"{SVG}circle")]
    assert marks == [f"{x:g}%" for x in along]
    assert [each.text for each in chart if each.tag in (f"{SVG}title", f"{SVG}desc")] == ["T", "D"]
    assert chart.attrib["aria-labelledby"] == "k-t k-d"


def test_what_is_not_shown_is_a_gap() -> None:
    chart = parsed(lines(["x", "y", "z"], TWO, key="k", title="T", text="D"))
    drawn = [each for each in chart.iter(f"{SVG}polyline") if each.attrib["stroke"] != PAPER]
    assert [len(each.attrib["points"].split()) for each in drawn[:-2]] == [3, 1, 1]
    # The legend draws each line as it is drawn.
    dashes = [each.attrib["stroke-dasharray"] for each in drawn]
    assert dashes[-2:] == dashes[:2]
    assert dashes[0] != dashes[1]


def test_lines_that_lie_on_each_other_are_both_seen() -> None:
    series = [Series("a", [1, 4, 8]), Series("b", [1, 4, 8])]
    chart = parsed(lines(["x", "y", "z"], series, key="k", title="T", text="D"))
    first, edges, second = list(chart.iter(f"{SVG}polyline"))[:3]
    assert len({each.attrib["points"] for each in (first, edges, second)}) == 1
    # Drawn in this order, from thick to thin: the one below stays on both sides, parted from the one above.
    assert edges.attrib["stroke"] == PAPER
    wide = [float(each.attrib["stroke-width"]) for each in (first, edges, second)]
    assert wide == sorted(wide, reverse=True)
    assert wide[0] - wide[1] >= 2
    assert (first.attrib["stroke-dasharray"], second.attrib["stroke-dasharray"]) == ("none", "6 4")
    disc, square = chart.find(f"{SVG}circle"), chart.find(f"{SVG}rect")
    assert disc is not None
    assert square is not None
    assert 2 * float(disc.attrib["r"]) > float(square.attrib["width"]) * 2**0.5


def test_a_funnel_tells_its_numbers_in_the_readers_digits() -> None:
    with reading_as(Formatter("fa")):
        chart = parsed(funnel(["<اول>", "دوم"], [1200, None], key="k", title="T", text="D"))
    assert texts(chart) == ["<اول>", "۱٬۲۰۰", "دوم", "پنهان"]
    assert len(list(chart.iter(f"{SVG}rect"))) == 1


def test_a_long_label_takes_several_lines_and_the_room_for_them() -> None:
    long = "Why it matters: goals, bargaining power, independence, and less duplication"
    one, other = (parsed(funnel([label, "b"], [2, 1], key="k", title="T", text="D")) for label in ("a", long))
    lines_of_it = texts(other)[:2]
    assert " ".join(lines_of_it) == long
    assert all(len(line) <= LINE for line in lines_of_it)
    assert [float(each.attrib["y"]) + LEADING for each in one.iter(f"{SVG}rect")] == [
        float(each.attrib["y"]) for each in other.iter(f"{SVG}rect")
    ]
    assert int(other.attrib["height"]) == int(one.attrib["height"]) + LEADING


def test_many_labels_are_thinned_out_but_for_the_last() -> None:
    labels = [f"l{n}" for n in range(100)]
    chart = parsed(lines(labels, [Series("a", [1] * 100)], key="k", title="T", text="D"))
    shown = [text for text in texts(chart) if text.startswith("l")]
    assert FEW < len(shown) <= LABELS
    assert shown[-1] == "l99"
    always = [each.text or "" for each in chart.iter(f"{SVG}text") if "class" not in each.attrib and each.text in shown]
    assert 1 < len(always) <= FEW
    assert always[-1] == "l99"


def test_few_labels_all_stand_on_a_phone_too() -> None:
    chart = parsed(lines(["x", "y", "z", "u"], [Series("a", [1] * 4)], key="k", title="T", text="D"))
    assert not [each for each in chart.iter(f"{SVG}text") if "class" in each.attrib]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bar_reaches_from_one_number_to_another(language: str) -> None:
    bars = [Reach("<a>", 10, 30, 100, "x"), Reach("b", 50, 50, 50, "y"), Reach("c", 0, 0, 0, "z")]
    with reading_as(Formatter(language)):
        chart = parsed(reaches(bars, key="k", title="T", text="D"))
    assert texts(chart) == ["<a>", "x", "b", "y", "c", "z"]
    first, second, third = chart.iter(f"{SVG}rect")
    marks = [percents(each, "cx") for each in chart.iter(f"{SVG}circle")]
    assert percents(first, "width") == 90
    assert percents(second, "width") == percents(third, "width") == 0
    begins = marks[2]
    assert begins == (0 if language == "en" else 100)
    assert abs(marks[0] - begins) == 30
    edges = percents(first, "x"), percents(first, "x") + percents(first, "width")
    assert max(abs(edge - begins) for edge in edges) == 100


def test_bars_of_nothing_are_drawn() -> None:
    assert (
        len(list(parsed(reaches([Reach("a", 0, 0, 0, "x")], key="k", title="T", text="D")).iter(f"{SVG}circle"))) == 1
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairs_stand_on_one_scale_and_begin_where_reading_does(language: str) -> None:
    with reading_as(Formatter(language)):
        chart = parsed(pairs(["x", "y"], [(0, 100), (40, 80)], names=("a", "b"), key="k", title="T", text="D"))
        said = [Formatter(language).percent(share / 100) for share in (0, 100, 40, 80)]
    bars = list(chart.iter(f"{SVG}rect"))
    wide = [percents(bar, "width") for bar in bars]
    assert (wide[0], wide[1] * 0.4, wide[1] * 0.8) == pytest.approx((0, wide[2], wide[3]), abs=0.2)
    begins = {round(percents(bar, "x") + (percents(bar, "width") if language != "en" else 0), 1) for bar in bars}
    assert begins == {0 if language == "en" else 100}
    assert [bar.attrib["fill"] != PAPER for bar in bars] == [False, True] * 2
    assert texts(chart)[1:3] == [f"{said[0]} · a", f"{said[1]} · b"]
    assert texts(chart)[4:] == [f"{said[2]} · a", f"{said[3]} · b"]
