"""Charts of numbers in a row: lines, a funnel, bars that reach from one number to another, pairs of percents.

What reading begins with stands where reading begins: in a right-to-left page time goes from right to left. Series
differ by their dash and mark as well as by colour, so that they are told apart in grey and on paper; and where two
lines lie on each other, the first one is seen on both sides of the second. A number that is not shown leaves a gap in
a line, and is called hidden in a funnel; the table beside the chart says so.

A chart is as wide as its place: along it lie shares of a hundred, and what is written keeps its size. The stylesheet
leaves room at its ends for what is written or marked there.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from markupsafe import Markup

from lms.charts.radar import Series
from lms.formats import direction
from lms.i18n import pgettext, reader

HEIGHT = 280
"""Of a chart of lines."""
TOP, BOTTOM = 62, 28
LONGEST, LONGEST_OF_PAIR = 80, 50
"""Percents of the place that the longest bar takes where its number is written after it, and where a name is too."""
LABELS, FEW = 8, 4
"""At most so many labels on the axis of a wide chart, and of a narrow one, which leaves out those of class `more`."""
COLOURS = ("var(--accent)", "var(--ink-2)", "var(--ink)")
DASHES = ("none", "6 4", "2 3")
STEP, BAR, GAP = 34, 20, 8
LINE, LEADING = 40, 20
"""Characters of a line of a label, and how far its lines are apart."""
THIN, PAIR = 14, 46
"""How high a bar of a pair is, and a pair with what parts it from the next."""


class Reach(NamedTuple):
    """A bar from one number to another with a mark between them, and what is said of the mark."""

    label: str
    first: int
    mark: int
    last: int
    said: str


def lines(labels: Sequence[str], series: Sequence[Series], *, key: str, title: str, text: str) -> Markup:
    """A line a series with a mark at each number; a gap where one is not shown."""
    most = _most(series)
    drawn: list[Markup] = []
    for number, each in enumerate(series):
        points = [
            (_share(place, len(labels)), HEIGHT - BOTTOM - (value or 0) / most * (HEIGHT - TOP - BOTTOM), value)
            for place, value in enumerate(each.values)
        ]
        for is_known, some in groupby(points, key=lambda point: point[2] is not None):
            if is_known:
                run = [(x, y) for x, y, _value in some]
                drawn += [_stretched(_line(run, number)), *(_mark(f"{x:g}%", y, number) for x, y in run)]
    return _svg(key, title, text, [*_frame(labels, most), *drawn, *_legend(series)], "lines", HEIGHT)


def funnel(labels: Sequence[str], values: Sequence[int | None], *, key: str, title: str, text: str) -> Markup:
    """Lying bars under each other, a step each, with its number; the first one sets the scale."""
    most = max([1, *(value or 0 for value in values)])
    drawn: list[Markup] = []
    y = 0
    for label, value in zip(labels, values, strict=True):
        y += _label(drawn, y, label)
        long = LONGEST * (value or 0) / most
        said = pgettext("number", "hidden") if value is None else reader().number(value)
        if value is not None:
            drawn.append(_bar(0, y, long, BAR))
        drawn.append(_beside(long, y + 15, said, GAP))
        y += STEP
    return _svg(key, title, text, drawn, "bars", y)


def reaches(bars: Sequence[Reach], *, key: str, title: str, text: str) -> Markup:
    """Lying bars under each other, each on a line of its own; the one that reaches farthest sets the scale."""
    scale = 100 / max([1, *(bar.last for bar in bars)])
    drawn: list[Markup] = []
    y = 0
    for bar in bars:
        top = y
        y += _label(drawn, top, bar.label)
        drawn.append(_beside(100, top + 14, bar.said, anchor="end"))
        first, mark, last = (number * scale for number in (bar.first, bar.mark, bar.last))
        drawn += [_track(y + BAR / 2), _bar(first, y + 4, last - first, BAR - 8), _point(mark, y + BAR / 2)]
        y += STEP
    return _svg(key, title, text, drawn, "bars", y)


def _track(y: float) -> Markup:
    """The line that a bar lies on, from nothing to the end of the scale."""
    return Markup('<line x1="0" y1="{0:g}" x2="100%" y2="{0:g}" stroke="var(--hair)"/>').format(y)


def _point(along: float, y: float) -> Markup:
    """A mark on a bar."""
    return Markup('<circle cx="{:g}%" cy="{:g}" r="6" fill="{}" stroke="var(--sheet)" stroke-width="2"/>').format(
        _x(along), y, COLOURS[2]
    )


def pairs(
    labels: Sequence[str], values: Sequence[tuple[int, int]], *, names: tuple[str, str], key: str, title: str, text: str
) -> Markup:
    """Two lying bars a label, whole percents of one scale: the first hollow, the second full; each with its number."""
    drawn: list[Markup] = []
    y = 0
    for label, pair in zip(labels, values, strict=True):
        y += _label(drawn, y, label)
        for number, (name, value) in enumerate(zip(names, pair, strict=True)):
            down = y + number * (THIN + 3)
            long = LONGEST_OF_PAIR * value / 100
            drawn.append(_bar(0, down, long, THIN, is_full=number == 1))
            said = f"{reader().percent(value / 100)} \N{MIDDLE DOT} {name}"
            drawn.append(_beside(long, down + THIN - 2, said, GAP, size=12))
        y += PAIR
    return _svg(key, title, text, drawn, "bars", y)


def _label(drawn: list[Markup], y: int, label: str) -> int:
    """Write what a bar is called, in as many lines as a phone has room for; gives how high that is."""
    written = wrap(label, LINE) or [""]
    drawn += [_beside(0, y + 14 + place * LEADING, line) for place, line in enumerate(written)]
    return BAR + LEADING * (len(written) - 1)


def _x(along: float) -> float:
    """How much of a hundred lies left of a place so far from where reading begins."""
    return round(100 - along if direction(reader().language) == "rtl" else along, 2)


def _share(place: float, places: int) -> float:
    """How much of a hundred lies left of the middle of a place, of so many."""
    share = 100 * (place + 0.5) / places
    return round(100 - share if direction(reader().language) == "rtl" else share, 2)


def _most(series: Sequence[Series]) -> float:
    """A round number that no line goes beyond."""
    top, most = max([4, *(value or 0 for each in series for value in each.values)]), 1
    while most < top:
        most *= 10
    return next(most * part for part in (0.2, 0.4, 0.6, 0.8, 1) if most * part >= top)


def _svg(key: str, title: str, text: str, drawn: Sequence[Markup], kind: str, height: int) -> Markup:
    name = Markup('<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>').format(key, title, text)
    return Markup(
        '<svg class="{}" width="100%" height="{}" direction="{}" role="img" aria-labelledby="{}-t {}-d">{}{}</svg>'
    ).format(kind, height, direction(reader().language), key, key, name, Markup("").join(drawn))


def _bar(along: float, y: float, wide: float, tall: float, *, is_full: bool = True) -> Markup:
    left = min(_x(along), _x(along + wide))
    fill = COLOURS[0] if is_full else "var(--sheet)"
    return Markup('<rect x="{:g}%" y="{:g}" width="{:g}%" height="{:g}" fill="{}" stroke="{}"/>').format(
        left, y, round(wide, 2), tall, fill, COLOURS[0]
    )


def _line(points: Sequence[tuple[float, float]], number: int) -> Markup:
    """A thick line for the first series; a thin one, with light edges, for those that are drawn over it."""
    path = " ".join(f"{x:g},{y:.1f}" for x, y in points)
    drawn = Markup(
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="{:g}" stroke-dasharray="{}"'
        ' vector-effect="non-scaling-stroke"/>'
    )
    if number == 0:
        return drawn.format(path, COLOURS[0], 6, DASHES[0])
    return drawn.format(path, "var(--sheet)", 3, "none") + drawn.format(path, COLOURS[number], 2, DASHES[number])


def _stretched(line: Markup) -> Markup:
    """A line in shares of a hundred, as wide as the chart is."""
    return Markup(
        '<svg viewBox="0 0 100 {0}" width="100%" height="{0}" preserveAspectRatio="none" overflow="visible">{1}</svg>'
    ).format(HEIGHT, line)


def _mark(x: str, y: float, number: int) -> Markup:
    """A full disc for the first series; for the others a hollow square, which fits into it."""
    if number == 0:
        return Markup('<circle cx="{}" cy="{:.1f}" r="6" fill="{}"/>').format(x, y, COLOURS[0])
    return Markup(
        '<rect x="{}" y="{:.1f}" width="7" height="7" transform="translate(-3.5 -3.5)" fill="var(--sheet)" stroke="{}"'
        ' stroke-width="1.5"/>'
    ).format(x, y, COLOURS[number])


def _beside(along: float, y: float, text: str, after: int = 0, *, anchor: str = "start", size: int = 13) -> Markup:
    """Words at a place along a chart, or so many pixels after it."""
    _beginning, way = _start()
    return Markup(
        '<text x="{:g}%" dx="{:g}" y="{:g}" font-size="{}" fill="var(--ink)" text-anchor="{}">{}</text>'
    ).format(_x(along), after * way, y, size, anchor, text)


def _start() -> tuple[str, int]:
    """Where a chart begins, and the way from there: 1 to the right, -1 to the left."""
    return ("100%", -1) if direction(reader().language) == "rtl" else ("0", 1)


def _frame(labels: Sequence[str], most: float) -> Iterator[Markup]:
    """Three lines with their numbers, and as many labels as have room."""
    start, way = _start()
    written = Markup('<text x="{}" dx="{}" y="{:g}" font-size="12" fill="var(--ink)" text-anchor="{}"{}>{}</text>')
    for part in (0, 0.5, 1):
        y = HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)
        yield Markup('<line x1="0" y1="{0:g}" x2="100%" y2="{0:g}" stroke="var(--{1})"/>').format(
            y, "hair" if part else "rule"
        )
        yield written.format(start, -8 * way, y + 4, "end", "", reader().number(round(most * part)))
    every = -(-len(labels) // LABELS)
    for place, label in enumerate(labels):
        # Counted from the end: the latest one always has its label.
        left = len(labels) - 1 - place
        if left % every == 0:
            is_more = len(labels) > FEW and left % (2 * every)
            more = Markup(' class="more"') if is_more else ""
            yield written.format(f"{_share(place, len(labels))}%", 0, HEIGHT - BOTTOM + 20, "middle", more, label)


def _legend(series: Sequence[Series]) -> Iterator[Markup]:
    """A piece of each line, with its mark, and what it is called; each under the other."""
    start, way = _start()
    for number, each in enumerate(series):
        y = 12 + 20 * number
        drawn = _line([(0, y), (28 * way, y)], number) + _mark(str(14 * way), y, number)
        yield Markup('<svg x="{}" overflow="visible">{}</svg>').format(start, drawn)
        yield _beside(0, y + 5, each.label, 38)
