"""Charts of numbers in a row: lines, a funnel, bars that reach from one number to another, pairs of percents.

What reading begins with stands where reading begins: in a right-to-left page time goes from right to left. Series
differ by their dash and mark as well as by colour, so that they are told apart in grey and on paper. A number that is
not shown leaves a gap in a line, and is called hidden in a funnel; the table beside the chart says so.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from lms.charts.radar import Series
from lms.formats import direction
from lms.i18n import pgettext, reader

# No wider: on a phone a chart gets smaller with all that is written in it.
WIDTH, HEIGHT = 440, 260
START, END, TOP, BOTTOM = 56, 40, 42, 36
PAD = 12
"""What is left free around a funnel."""
LABELS = 5
"""At most so many labels on the axis."""
COLOURS = ("var(--accent)", "var(--ink-2)", "var(--ink)")
DASHES = ("none", "6 4", "2 3")
STEP, BAR = 34, 20
THIN, PAIR = 14, 66
"""How high a bar of a pair is, and a pair with its label."""


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
    room = (WIDTH - START - END) / max(1, len(labels))
    drawn: list[Markup] = []
    for number, each in enumerate(series):
        points = [
            (_x(START + room * (place + 0.5)), HEIGHT - BOTTOM - (value or 0) / most * (HEIGHT - TOP - BOTTOM), value)
            for place, value in enumerate(each.values)
        ]
        for is_known, some in groupby(points, key=lambda point: point[2] is not None):
            if is_known:
                drawn += _run([(x, y) for x, y, _value in some], number)
    return _svg(key, title, text, [*_frame(labels, most), *drawn, *_legend(series)], HEIGHT)


def funnel(labels: Sequence[str], values: Sequence[int | None], *, key: str, title: str, text: str) -> Markup:
    """Lying bars under each other, a step each, with its number; the first one sets the scale."""
    most = max([1, *(value or 0 for value in values)])
    drawn: list[Markup] = []
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        y = PAD + place * (STEP + BAR)
        drawn.append(_text(_x(PAD), y + 14, label, "start"))
        long = 0.0 if value is None else (WIDTH - 80 - PAD) * value / most
        said = pgettext("number", "hidden") if value is None else reader().number(value)
        if value is not None:
            drawn.append(_bar(PAD, y + BAR, long, BAR))
        drawn.append(_text(_x(PAD + long + 8), y + BAR + 15, said, "start"))
    return _svg(key, title, text, drawn, PAD + len(labels) * (STEP + BAR))


def reaches(bars: Sequence[Reach], *, key: str, title: str, text: str) -> Markup:
    """Lying bars under each other, each on a line of its own; the one that reaches farthest sets the scale."""
    scale = (WIDTH - 2 * PAD) / max([1, *(bar.last for bar in bars)])
    drawn: list[Markup] = []
    for place, bar in enumerate(bars):
        y = PAD + place * (STEP + BAR)
        drawn.append(_text(_x(PAD), y + 14, bar.label, "start"))
        drawn.append(_text(_x(WIDTH - PAD), y + 14, bar.said, "end"))
        first, mark, last = (PAD + number * scale for number in (bar.first, bar.mark, bar.last))
        drawn.append(_track(y + BAR + BAR / 2))
        drawn.append(_bar(first, y + BAR + 4, last - first, BAR - 8))
        drawn.append(_point(mark, y + BAR + BAR / 2))
    return _svg(key, title, text, drawn, PAD + len(bars) * (STEP + BAR))


def _track(y: float) -> Markup:
    """The line that a bar lies on, from nothing to the end of the scale."""
    return Markup('<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" stroke="var(--hair)"/>').format(
        _x(PAD), y, _x(WIDTH - PAD), y
    )


def _point(along: float, y: float) -> Markup:
    """A mark on a bar."""
    return Markup('<circle cx="{:g}" cy="{:g}" r="6" fill="{}" stroke="var(--sheet)" stroke-width="2"/>').format(
        _x(along), y, COLOURS[2]
    )


def pairs(
    labels: Sequence[str], values: Sequence[tuple[int, int]], *, names: tuple[str, str], key: str, title: str, text: str
) -> Markup:
    """Two lying bars a label, whole percents of one scale: the first hollow, the second full; each with its number."""
    drawn: list[Markup] = []
    for place, (label, pair) in enumerate(zip(labels, values, strict=True)):
        y = PAD + place * PAIR
        drawn.append(_text(_x(PAD), y + 14, label, "start"))
        for number, (name, value) in enumerate(zip(names, pair, strict=True)):
            down = y + BAR + number * (THIN + 3)
            long = (WIDTH - 200 - PAD) * value / 100
            drawn.append(_bar(PAD, down, long, THIN, is_full=number == 1))
            said = f"{reader().percent(value / 100)} \N{MIDDLE DOT} {name}"
            drawn.append(_text(_x(PAD + long + 8), down + THIN - 2, said, "start", 12))
    return _svg(key, title, text, drawn, PAD + len(labels) * PAIR)


def _x(along: float) -> float:
    """A place so far from where reading begins."""
    return round(WIDTH - along if direction(reader().language) == "rtl" else along, 1)


def _most(series: Sequence[Series]) -> float:
    """A round number that no line goes beyond."""
    top, most = max([4, *(value or 0 for each in series for value in each.values)]), 1
    while most < top:
        most *= 10
    return next(most * part for part in (0.2, 0.4, 0.6, 0.8, 1) if most * part >= top)


def _svg(key: str, title: str, text: str, drawn: Sequence[Markup], height: int) -> Markup:
    name = Markup('<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>').format(key, title, text)
    return Markup(
        '<svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" direction="{2}" role="img" aria-labelledby="{3}-t {3}-d">'
        "{4}{5}</svg>"
    ).format(WIDTH, height, direction(reader().language), key, name, Markup("").join(drawn))


def _bar(along: float, y: float, wide: float, tall: float, *, is_full: bool = True) -> Markup:
    left = min(_x(along), _x(along + wide))
    fill = COLOURS[0] if is_full else "var(--sheet)"
    return Markup('<rect x="{:g}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}"/>').format(
        left, y, wide, tall, fill, COLOURS[0]
    )


def _run(points: Sequence[tuple[float, float]], number: int) -> Iterator[Markup]:
    path = " ".join(f"{x:g},{y:.1f}" for x, y in points)
    yield Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>').format(
        path, COLOURS[number], DASHES[number]
    )
    for x, y in points:
        if number == 0:
            yield Markup('<circle cx="{:g}" cy="{:.1f}" r="3.5" fill="{}"/>').format(x, y, COLOURS[0])
        else:
            yield Markup(
                '<rect x="{:g}" y="{:.1f}" width="7" height="7" fill="var(--sheet)" stroke="{}" stroke-width="1.5"/>'
            ).format(x - 3.5, y - 3.5, COLOURS[number])


def _text(x: float, y: float, text: str, anchor: str, size: int = 13) -> Markup:
    return Markup('<text x="{:g}" y="{:g}" font-size="{}" fill="var(--ink)" text-anchor="{}">{}</text>').format(
        x, y, size, anchor, text
    )


def _frame(labels: Sequence[str], most: float) -> Iterator[Markup]:
    """Three lines with their numbers, and as many labels as have room."""
    for part in (0, 0.5, 1):
        y = HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)
        yield Markup('<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" stroke="var(--{})"/>').format(
            _x(START), y, _x(WIDTH - END), y, "hair" if part else "rule"
        )
        yield _text(_x(START - 6), y + 4, reader().number(round(most * part)), "end", 12)
    room, every = (WIDTH - START - END) / max(1, len(labels)), -(-len(labels) // LABELS)
    for place, label in enumerate(labels):
        # Counted from the end: the latest one always has its label.
        if (len(labels) - 1 - place) % every == 0:
            yield _text(_x(START + room * (place + 0.5)), HEIGHT - BOTTOM + 18, label, "middle", 12)


def _legend(series: Sequence[Series]) -> Iterator[Markup]:
    """A piece of each line, with its mark, and what it is called."""
    along = float(START)
    for number, each in enumerate(series):
        yield from _run([(_x(along), 18), (_x(along + 22), 18)], number)
        yield _text(_x(along + 32), 23, each.label, "start")
        along += 52 + 7 * len(each.label)
