"""A cluster under load, each of whose parts is killed in turn: what it acknowledged is there, and done once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from lms.db import db, write_unit
from lms.jobs import enqueue
from tests.browser.server import Server
from tests.cli.processes import wait_for
from tests.load.checks import faults
from tests.load.cluster import Cluster
from tests.load.deeds import Deeds
from tests.load.kills import ENDED, Count, take_one, unlike_receipts
from tests.load.learner import Learner, Refused
from tests.services import Service

PARTS = ("web 1", "worker", "redis", "postgresql", "web 2")
PATIENCE = 60
FROM_PROXY = {502, 503, 504}
"""What a proxy answers for a server that has ended."""
NO_DATABASE = 500
CHECKED_EVERY = 1.2
"""Seconds after which the proxy knows who is there."""


class Life:
    """Learners and jobs at work, from the first kill to the last."""

    def __init__(self, cluster: Cluster, learners: list[Learner], deeds: Deeds, order: Random) -> None:
        self.cluster, self.learners, self.deeds, self.order = cluster, learners, deeds, order
        self.over = threading.Event()
        self.without_database = False
        self.found: list[str] = []

    @property
    def acknowledged(self) -> int:
        """How much was, so far."""
        return sum(Count.of(self.learners))

    @contextmanager
    def under_load(self, pause: float) -> Iterator[None]:
        """Everybody works inside the block; at its end what waits is done."""
        threads = [threading.Thread(target=self.take, args=(one, self.order.random())) for one in self.learners]
        threads.append(threading.Thread(target=self.deeds.run, args=(self.over, pause)))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def take(self, learner: Learner, seed: float) -> None:
        """One attempt after the other, whoever ends meanwhile: what was not acknowledged is tried again."""
        order = Random(seed)
        while not self.over.is_set():
            try:
                if not learner.csrf:
                    learner.arrive()
                take_one(learner, order)
            except ENDED:
                learner.connection.close()
            except Refused as refused:
                learner.connection.close()
                self.judge(refused)
                time.sleep(0.05)

    def judge(self, refused: Refused) -> None:
        """Only a proxy without a server may refuse, and a server without its database."""
        if refused.status not in FROM_PROXY and not (refused.status == NO_DATABASE and self.without_database):
            self.found.append(str(refused))

    def more(self, number: int, whom: str) -> None:
        """Wait until so much more was acknowledged."""
        enough, until = self.acknowledged + number, time.monotonic() + PATIENCE
        while self.acknowledged < enough:
            if time.monotonic() > until:
                self.found.append(f"less than {number} things were acknowledged in {PATIENCE} s: {whom}")
                return
            time.sleep(0.005)

    def kill(self, name: str, number: int) -> None:
        """Kill a part in the middle of work, see that the others go on without it, and start it again."""
        self.more(number, f"before {name} was killed")
        if name == "postgresql":
            self.without_database = True
            self.cluster.database.kill()
            self.cluster.database.start()
            self.more(number, "after the database was started again")
            self.without_database = False
            return
        part = self.parts()[name]
        if isinstance(part, Server):
            self.ready()
        part.kill()
        self.more(number, f"while {name} was away")
        if name == "redis":
            self.found += [f"without Redis a page answered {status}" for status in self.asked_pages() if status != 404]
        # A web process takes seconds until it is ready: the others go on meanwhile.
        (part.launch if isinstance(part, Server) else part.start)()

    def ready(self) -> None:
        """Wait until both web processes take requests, and the proxy knows."""
        for web in self.cluster.webs:
            web.wait()
        time.sleep(CHECKED_EVERY)

    def parts(self) -> dict[str, Server | Service]:
        """What can be killed, by name."""
        first, second = self.cluster.webs
        return {"web 1": first, "web 2": second, "worker": self.cluster.worker, "redis": self.cluster.redis}

    def asked_pages(self) -> list[int]:
        """What a page whose readers are counted answers, from each web process."""
        return [self.cluster.status_of("/calendar/nobody.ics") for _web in self.cluster.webs]

    def settle(self) -> list[str]:
        """Let jobs finish; gives everything that is wrong."""
        with self.cluster.app.app_context():
            db.engine.dispose()
            with write_unit():
                enqueue("count_attempts", {})
            db.session.remove()
        wait_for(self.deeds.are_done, PATIENCE)
        app = self.cluster.app
        again = [fault for learner in self.learners for fault in unlike_receipts(app, learner)]
        for learner in self.learners:
            learner.connection.close()
        return self.found + again + faults(app, self.learners) + self.deeds.faults()
