"""Carrying things over a page: with a mouse, and with a finger as the browser itself reports it."""

from collections.abc import Callable
from typing import Protocol

from playwright.sync_api import Locator, Page

STEPS = 8
HELD = 60
"""Milliseconds in which the page follows."""


class Pointer(Protocol):
    """What carries."""

    def down(self, x: float, y: float) -> None:
        """Touch the page."""

    def move(self, x: float, y: float) -> None:
        """Go on, without letting go."""

    def up(self) -> None:
        """Let go."""


class Mouse:
    """A mouse."""

    def __init__(self, page: Page) -> None:
        self._mouse = page.mouse

    def down(self, x: float, y: float) -> None:
        """Press the button."""
        self._mouse.move(x, y)
        self._mouse.down()

    def move(self, x: float, y: float) -> None:
        """Move with the button pressed."""
        self._mouse.move(x, y)

    def up(self) -> None:
        """Let the button go."""
        self._mouse.up()


class Finger:
    """A finger on a screen that is touched."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def _send(self, kind: str, *points: dict[str, float]) -> None:
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    def down(self, x: float, y: float) -> None:
        """Put it down."""
        self._send("touchStart", {"x": x, "y": y})

    def move(self, x: float, y: float) -> None:
        """Move it."""
        self._send("touchMove", {"x": x, "y": y})

    def up(self) -> None:
        """Lift it."""
        self._send("touchEnd")


POINTERS: dict[str, Callable[[Page], Pointer]] = {"mouse": Mouse, "finger": Finger}


def middle(part: Locator) -> tuple[float, float]:
    """The middle of what is seen."""
    box = part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def centre(part: Locator) -> None:
    """Bring a part to the middle of the screen."""
    part.evaluate("part => part.scrollIntoView({block: 'center', behavior: 'instant'})")


def lift(page: Page, pointer: Pointer, handle: Locator) -> tuple[float, float]:
    """Take a thing by its handle and move it a little; gives where the pointer is."""
    x, y = middle(handle)
    pointer.down(x, y)
    pointer.move(x + 3, y + 9)
    page.wait_for_timeout(HELD)
    return x + 3, y + 9


def bring(page: Page, pointer: Pointer, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Move from one point to another, in steps."""
    for step in range(1, STEPS + 1):
        share = step / STEPS
        pointer.move(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
    page.wait_for_timeout(HELD)
