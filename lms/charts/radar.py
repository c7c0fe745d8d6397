"""A radar chart: axes round a centre, a polygon a series.

In a right-to-left page the axes go round against the clock, so that the second one stands where reading goes on.
Series differ by their line and marks, not only by colour, so that they are told apart in grey and on paper.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from lms.formats import direction
from lms.i18n import reader

WIDTH, HEIGHT = 380, 280
RADIUS = 84.0
CENTRE = (WIDTH / 2, HEIGHT / 2)
FONT, LINE = 13, 17
#: Letters of a label's line: what fits beside the chart, and above or below it.
NARROW, BROAD = 11, 26
#: The greatest share of the radius to the side at which a label still stands above or below.
UPRIGHT = 0.25


@dataclass(frozen=True)
class Series:
    """A polygon: a value for each axis, None where there is none."""

    label: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class _Style:
    stroke: str
    dash: str
    fill: str


#: The first series is the one that it is about; the others stand behind it, dashed and hollow.
STYLES = (_Style("var(--accent)", "none", "var(--accent)"), _Style("var(--ink-2)", "6 4", "none"))


def radar(labels: Sequence[str], series: Sequence[Series], most: int, *, key: str, title: str, text: str) -> Markup:
    """The chart as SVG. `key` makes its ids unique on the page; `title` and `text` say in words what it shows."""
    name = Markup('<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>').format(key, title, text)
    drawn = [*_grid(len(labels), most), *_polygons(series, most), *_labels(labels)]
    return Markup(
        '<svg class="radar" viewBox="0 0 {0} {1}" width="{0}" height="{1}" direction="{2}" role="img"'
        ' aria-labelledby="{3}-t {3}-d">{4}{5}</svg>'
    ).format(WIDTH, HEIGHT, direction(reader().language), key, name, Markup("").join(drawn))


def place(axis: int, axes: int, share: float) -> tuple[float, float]:
    """Where a share of an axis's length lies; the first axis stands upright."""
    turn = 2 * math.pi * axis / axes
    side = -1 if direction(reader().language) == "rtl" else 1
    x, y = CENTRE[0] + side * math.sin(turn) * RADIUS * share, CENTRE[1] - math.cos(turn) * RADIUS * share
    return round(x, 1), round(y, 1)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)


def _grid(axes: int, most: int) -> Iterator[Markup]:
    ring = Markup('<polygon points="{}" fill="none" stroke="var(--{})"/>')
    for step in range(1, most + 1):
        yield ring.format(
            _points([place(axis, axes, step / most) for axis in range(axes)]), "rule" if step == most else "hair"
        )
    for axis in range(axes):
        x, y = place(axis, axes, 1)
        spoke = Markup('<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" stroke="var(--hair)"/>')
        yield spoke.format(*CENTRE, x, y)
    for step in range(1, most + 1):
        x, y = place(0, axes, step / most)
        number = Markup('<text x="{:g}" y="{:g}" font-size="11" fill="var(--ink-3)" aria-hidden="true">{}</text>')
        yield number.format(x + (4 if direction(reader().language) == "ltr" else -4), y + 12, reader().number(step))


def _polygons(series: Sequence[Series], most: int) -> Iterator[Markup]:
    """The ones behind first."""
    for number, each in reversed(list(enumerate(series))):
        style = STYLES[min(number, len(STYLES) - 1)]
        places = [place(axis, len(each.values), (value or 0) / most) for axis, value in enumerate(each.values)]
        shape = Markup(
            '<polygon points="{}" fill="{}" fill-opacity=".16" stroke="{}" stroke-width="2.25" stroke-dasharray="{}"'
            ' stroke-linejoin="round"/>'
        )
        yield shape.format(_points(places), style.fill, style.stroke, style.dash)
        yield from (_mark(at, style) for at, value in zip(places, each.values, strict=True) if value is not None)


def _mark(at: tuple[float, float], style: _Style) -> Markup:
    """A full disc on the first series, a hollow square on the others."""
    x, y = at
    if style.fill != "none":
        return Markup('<circle cx="{:g}" cy="{:g}" r="4" fill="{}"/>').format(x, y, style.stroke)
    square = Markup('<rect x="{:g}" y="{:g}" width="7" height="7" fill="var(--sheet)" stroke="{}" stroke-width="1.5"/>')
    return square.format(x - 3.5, y - 3.5, style.stroke)


def _labels(labels: Sequence[str]) -> Iterator[Markup]:
    for axis, label in enumerate(labels):
        x, y = place(axis, len(labels), 1.11)
        aside = (x - CENTRE[0]) / RADIUS
        lines = _wrapped(label, BROAD if abs(aside) < UPRIGHT else NARROW)
        yield _label(lines, x, _first_line(y, len(lines)), _anchor(aside))


def _first_line(y: float, lines: int) -> float:
    """The base of the first line: above the chart the last one touches it, below it the first, beside it the middle."""
    down = (y - CENTRE[1]) / RADIUS
    if abs(down) < 1:
        return y + FONT / 3 - (lines - 1) * LINE / 2
    return y - (lines - 1) * LINE if down < 0 else y + FONT


def _anchor(aside: float) -> str:
    """Which end of a text lies at its place; in a right-to-left text the start is at the right."""
    if abs(aside) < UPRIGHT:
        return "middle"
    return "start" if (aside > 0) == (direction(reader().language) == "ltr") else "end"


def _label(lines: Sequence[str], x: float, y: float, anchor: str) -> Markup:
    spans = Markup("").join(
        Markup('<tspan x="{:g}" y="{:g}">{}</tspan>').format(x, y + number * LINE, escape(line))
        for number, line in enumerate(lines)
    )
    return Markup('<text font-size="{}" fill="var(--ink)" text-anchor="{}">{}</text>').format(FONT, anchor, spans)


def _wrapped(label: str, most: int) -> list[str]:
    """A label in lines of at most so many letters, where its words are not longer."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
