"""The badge of a certificate: the shamsa on a seal, and how high the level is. Without words: it needs no fonts."""

import math
import re
from functools import cache

from lms.certification.models import Credential
from lms.documents.typesetting import FOLDER

COVER, DEEP, PAPER, GOLD = "#0b575c", "#073f44", "#faf6ed", "#c9a45c"
MOST_MARKS = 6
SIZE = 512


def emblem_of(credential: Credential) -> str:
    """The SVG of a certificate's badge: a mark for each level, a whole ring for a kit."""
    return emblem(_level(credential), whole=credential.kit_id is not None)


def emblem_png_of(credential: Credential) -> bytes:
    """The same as PNG."""
    return emblem_png(_level(credential), whole=credential.kit_id is not None)


def _level(credential: Credential) -> int:
    return min(int(credential.award.rule["level"]["position"]), MOST_MARKS) if credential.award else 0


@cache
def emblem(marks: int, *, whole: bool) -> str:
    """The SVG with so many marks; `whole` draws the ring of a kit."""
    parts = (
        f'<path d="{_seal(246, 236)}" fill="{DEEP}"/>',
        f'<circle r="222" fill="{COVER}"/>',
        f'<g fill="none" stroke="{GOLD}"><circle r="212" stroke-width="3"/><circle r="204" stroke-width="1.5"/></g>',
        _ring() if whole else "",
        f'<g fill="none" stroke="{PAPER}" stroke-width="1.5" stroke-linejoin="round" '
        f'transform="{_place(marks)}">{_shamsa()}</g>',
        _marks(marks),
    )
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="-256 -256 512 512">'
    return f"{frame}{''.join(parts)}</svg>"


def _place(marks: int) -> str:
    return "translate(0 -26) scale(2.9)" if marks else "scale(3.4)"


@cache
def _shamsa() -> str:
    drawn = (FOLDER / "shamsa.svg").read_text("utf-8")
    return "".join(re.findall(r"<(?:path|circle)[^>]*/>", drawn))


def _seal(outer: float, inner: float, points: int = 36) -> str:
    """The edge of a seal: a ring of small points."""
    corners = [
        _at(outer if step % 2 == 0 else inner, math.pi * step / points - math.pi / 2) for step in range(2 * points)
    ]
    return f"M{'L'.join(corners)}Z"


def _ring(radius: float = 188, dots: int = 48) -> str:
    placed = (_at(radius, 2 * math.pi * step / dots).split(" ") for step in range(dots))
    return f'<g fill="{GOLD}">{"".join(f"""<circle cx="{x}" cy="{y}" r="4"/>""" for x, y in placed)}</g>'


def _at(radius: float, angle: float) -> str:
    return f"{radius * math.cos(angle):.2f} {radius * math.sin(angle):.2f}"


def _marks(count: int) -> str:
    """Diamonds in a row at the foot: levels are diamonds on the page, too."""
    places = (36 * (each - (count - 1) / 2) for each in range(count))
    drawn = "".join(f'<path d="M{x:g} 141L{x + 14:g} 155L{x:g} 169L{x - 14:g} 155Z"/>' for x in places)
    return f'<g fill="{GOLD}">{drawn}</g>' if count else ""


@cache
def emblem_png(marks: int, *, whole: bool) -> bytes:
    """The SVG as PNG."""
    from typst import compile as typeset

    page = f"#set page(width: {SIZE}pt, height: {SIZE}pt, margin: 0pt, fill: none)\n"
    source = f'{page}#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    png = typeset(source.encode(), format="png", ppi=72, sys_inputs={"svg": emblem(marks, whole=whole)})
    assert isinstance(png, bytes)
    return png
