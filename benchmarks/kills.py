"""What the server acknowledged outlives it: rounds of load in which it is killed, on both databases.

On PostgreSQL the database's own server is ended too, in rounds of their own: all its processes at once, without any
goodbye, to recover at the next start. Short profile: tests/web/test_kill.py.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random

from tests.load.kills import Count, Round
from tests.load.world import World, build
from tests.postgres import Postgres, postgres

ROUNDS = 20
LEARNERS = 8
QUESTIONS = 20
ACKNOWLEDGED = (20, 400)
"""So much is acknowledged in a round before the server is killed."""


def nothing() -> None:
    """Only the web server is killed."""


def rounds(name: str, world: World, kill: Callable[[], None] = nothing) -> int:
    """So many rounds, with a line for each; gives how many acknowledgements were lost."""
    order, lost = Random(name), 0
    learners = world.learners(LEARNERS)
    for number in range(1, ROUNDS + 1):
        found = Round(world, learners, order).run(order.randint(*ACKNOWLEDGED), kill)
        count = Count.of(learners)
        print(
            f"{name} {number}/{ROUNDS}: so far {count.starts} starts, {count.answers} answers and "
            f"{count.submissions} submissions were acknowledged; lost in this round: {len(found)}",
            flush=True,
        )
        for fault in found:
            print(f"  {fault}", file=sys.stderr)
        lost += len(found)
    return lost


def ending(database: Postgres) -> Callable[[], None]:
    """End the database's server at once, and start it again."""

    def end() -> None:
        database.stop_at_once()
        database.start()

    return end


def main() -> int:
    """Run the rounds; 1 where anything was lost."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(postgres())
        lost = rounds("sqlite", build(folder / "sqlite", questions=QUESTIONS))
        url = f"{database.url}/postgres"
        world = build(folder / "postgres", questions=QUESTIONS, database_url=url)
        lost += rounds("postgresql, web server killed", world)
        lost += rounds("postgresql, database server killed", world, ending(database))
    return int(bool(lost))
