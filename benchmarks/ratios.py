"""Limits, what was measured beside them, and the floor's own server."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import Server
from tests.postgres import free_port


@dataclass(frozen=True)
class Limit:
    """How many times its floor a subject may cost."""

    subject: str
    floor: str
    most: float


def over(limits: tuple[Limit, ...], spent: Mapping[str, float]) -> int:
    """Print the ratios; gives how many are over their limit."""
    count = 0
    for limit in limits:
        mine, floor = spent[limit.subject], spent[limit.floor]
        count += is_over(
            f"{limit.subject:<16} {mine:6.2f} ms  {limit.floor:<13} {floor:6.2f} ms", mine / floor, limit.most
        )
    return count


def is_over(what: str, found: float, most: float) -> bool:
    """Print one figure beside its limit."""
    print(f"{what}  {found:5.2f} of {most}  {'ok' if found <= most else 'OVER'}", flush=True)
    return found > most


@contextmanager
def floor_server(folder: Path) -> Iterator[Server]:
    """The floor, served in a process of its own."""
    data = folder / "floor"
    data.mkdir(parents=True)
    server = Server(data, free_port(), (), command=("benchmarks.floor",))
    server.start()
    try:
        yield server
    finally:
        server.kill()
