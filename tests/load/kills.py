"""Rounds of load in the middle of which the server is killed: what it acknowledged must be there afterwards."""

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from flask import Flask

from tests.load.checks import faults, is_open
from tests.load.learner import Learner, Refused
from tests.load.world import World

ENDED = (OSError, http.client.HTTPException)
"""What a learner meets when the server ends."""
PATIENCE = 60


class Count(NamedTuple):
    """What was acknowledged."""

    starts: int
    answers: int
    submissions: int

    @classmethod
    def of(cls, learners: Sequence[Learner]) -> "Count":
        """By these learners, altogether."""
        known = [each for learner in learners for each in list(learner.known)]
        return cls(len(known), sum(len(each.answers) for each in known), sum(each.submitted for each in known))


class Round:
    """One round: its learners work until the server is killed."""

    def __init__(self, world: World, learners: Sequence[Learner], order: Random) -> None:
        self.world, self.learners, self.order = world, learners, order
        self.killed = threading.Event()
        self.found: list[str] = []

    def run(self, acknowledged: int, kill: Callable[[], None]) -> list[str]:
        """Kill the server once so much more was acknowledged; gives what of it is lost, and what went wrong before."""
        enough = sum(Count.of(self.learners)) + acknowledged
        self.world.server.start()
        for learner in self.learners:
            self.found += unlike_receipts(self.world.app, learner)
        threads = [threading.Thread(target=self.take, args=(one, self.order.random())) for one in self.learners]
        for thread in threads:
            thread.start()
        until = time.monotonic() + PATIENCE
        while sum(Count.of(self.learners)) < enough and time.monotonic() < until:
            time.sleep(0.002)
        self.killed.set()
        kill()
        self.world.server.kill()
        for thread in threads:
            thread.join()
        if sum(Count.of(self.learners)) < enough:
            self.found.append(f"less than {acknowledged} things were acknowledged in {PATIENCE} s")
        return self.found + faults(self.world.app, self.learners)

    def take(self, learner: Learner, seed: float) -> None:
        """One attempt after the other, until the server does not answer."""
        order = Random(seed)
        try:
            learner.arrive()
            while True:
                take_one(learner, order)
        except ENDED:
            learner.connection.close()
        except Refused as refused:
            # A server whose database has ended says so.
            learner.connection.close()
            if not self.killed.is_set():
                self.found.append(str(refused))


def take_one(learner: Learner, order: Random) -> None:
    """Take an attempt, or go on with the one under way."""
    learner.start()
    learner.open()
    for position in learner.fields:
        if position not in learner.known[-1].answers:
            learner.answer(position, learner.choose(position, order))
    learner.submit()


def unlike_receipts(app: Flask, learner: Learner) -> list[str]:
    """Send what was acknowledged last once more: the same key must get the same receipt."""
    if not learner.known or not learner.known[-1].receipts or not is_open(app, learner.known[-1]):
        return []
    known = learner.known[-1]
    position = list(known.receipts)[-1]
    first, again = known.receipts[position], learner.send(position, known.answers[position])
    return [] if first == again else [f"what was acknowledged at {first} was again at {again}"]
