"""A course takes its test: 500 learners start in the same moments and answer 20 questions, each saved by itself.

Learners think between two answers; the shorter, the more they ask of the server. The load is raised step by step until
an answer takes a second or more at the 95th percentile: what came before is what this machine carries, with the load
made on the same machine. Nothing that was acknowledged may be lost, and nothing refused, at any load.
"""

import http.client
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.load.checks import faults
from tests.load.learner import FORM, Learner, Refused
from tests.load.world import World, build, serving
from tests.postgres import postgres

LEARNERS = 500
QUESTIONS = 20
REQUESTS = QUESTIONS + 5
THINKING = (8.0, 4.0, 2.0, 1.0)
"""Seconds from one answer to the next, on the average; all arrive within two such times."""
MOST = 1.0
"""Seconds that an answer may take at the 95th percentile."""


class Timed(Learner):
    """A learner who notes how long she waited for what."""

    def __init__(self, learner: Learner) -> None:
        self.__dict__.update(learner.__dict__)
        self.waited: list[tuple[str, float]] = []
        self.error = ""

    def call(
        self, method: str, path: str, body: str = "", kind: str = FORM, status: int = 200
    ) -> tuple[http.client.HTTPMessage, str]:
        """A request, timed."""
        before = time.perf_counter()
        found = super().call(method, path, body, kind, status)
        self.waited.append((kind_of(method, path), time.perf_counter() - before))
        return found

    def take(self, thinking: float, seed: float) -> None:
        """Take the quiz, thinking so long before each answer, more or less."""
        order = Random(seed)
        try:
            time.sleep(order.uniform(0, 2 * thinking))
            self.arrive()
            self.start()
            self.open()
            for position in self.fields:
                time.sleep(order.uniform(0.5, 1.5) * thinking)
                self.answer(position, self.choose(position, order))
            self.submit()
            self.result()
        except (OSError, http.client.HTTPException, Refused) as error:
            self.error = repr(error)
        finally:
            self.connection.close()


def kind_of(method: str, path: str) -> str:
    """What a request is for."""
    if method == "PUT":
        return "answer"
    return "page" if method == "GET" else "submit" if path.endswith("submit") else "start"


class Step(NamedTuple):
    """What was seen at one load."""

    thinking: float
    seconds: float
    waited: Sequence[tuple[str, float]]
    errors: Sequence[str]
    lost: Sequence[str]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.waited) / self.seconds

    def percentile(self, kind: str, share: float) -> float:
        """Seconds within which that share of the requests of a kind were answered."""
        ordered = sorted(seconds for each, seconds in self.waited if each == kind)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("inf")

    @property
    def is_carried(self) -> bool:
        """Whether answers were quick enough, and all were taken."""
        return self.percentile("answer", 0.95) < MOST and not self.errors

    def __str__(self) -> str:
        parts = [f"thinking {self.thinking:g} s: {self.rate:.0f} requests/s"]
        for kind in ("answer", "start", "submit", "page"):
            marks = "/".join(f"{self.percentile(kind, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99))
            parts.append(f"{kind} {marks} ms")
        return ", ".join([*parts, f"{len(self.errors)} errors, {len(self.lost)} lost"])


def step(world: World, thinking: float) -> Step:
    """All take the quiz at one load; then everything that was acknowledged is looked for in the database."""
    learners = [Timed(learner) for learner in world.learners(LEARNERS)]
    order = Random(thinking)
    threads = [threading.Thread(target=one.take, args=(thinking, order.random()), daemon=True) for one in learners]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    waited = [each for learner in learners for each in learner.waited]
    errors = [learner.error for learner in learners if learner.error]
    return Step(thinking, seconds, waited, errors, faults(world.app, learners))


def burst(name: str, world: World) -> int:
    """Raise the load until it is not carried any more; 1 where something was lost, or no load was carried."""
    carried: Step | None = None
    with serving(world):
        for thinking in THINKING:
            found = step(world, thinking)
            print(f"{name}: {found}", flush=True)
            for what in (*found.errors[:3], *found.lost[:3]):
                print(f"  {what}", flush=True)
            if found.lost:
                return 1
            if not found.is_carried:
                break
            carried = found
    if carried is None:
        print(f"{name}: OVER: no load was carried")
        return 1
    print(f"{name}: carries {carried.rate:.0f} requests/s of {LEARNERS} learners who think {carried.thinking:g} s")
    return 0


def main() -> int:
    """The default server on SQLite, and what the operator's guide says for many: gunicorn on PostgreSQL."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        over = burst("sqlite, waitress", build(folder / "sqlite", questions=QUESTIONS))
        url = f"{stack.enter_context(postgres()).url}/postgres"
        world = build(folder / "postgres", questions=QUESTIONS, database_url=url)
        bound = f"127.0.0.1:{world.server.port}"
        world.server.command = ("gunicorn", "--workers", "4", "--bind", bound, "lms:create_app()")
        over |= burst("postgresql, 4 gunicorn workers", world)
    return over
