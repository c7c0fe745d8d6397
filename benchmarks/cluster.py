"""A large installation under load, each of whose parts is killed again and again: nothing acknowledged is lost.

HAProxy before two web processes, a worker, PostgreSQL and Redis. Short profile: tests/web/test_cluster.py.
"""

import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.load.cluster import cluster
from tests.load.deeds import Deeds
from tests.load.kills import Count
from tests.load.lives import PARTS, Life

ROUNDS = 10
LEARNERS = 8
QUESTIONS = 20
SCENES = 150
ACKNOWLEDGED = (20, 200)
"""So much is acknowledged before a part is killed, and again before it is started."""


def main() -> int:
    """Run the rounds; 1 where anything was lost, stuck or done twice."""
    order = Random("cluster")
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder), questions=QUESTIONS) as whole:
        deeds = Deeds(whole)
        deeds.prepare(SCENES)
        life = Life(whole, whole.learners(LEARNERS), deeds, order)
        with life.under_load(pause=1.0):
            for number in range(1, ROUNDS + 1):
                for name in order.sample(PARTS, len(PARTS)):
                    began = time.monotonic()
                    life.kill(name, order.randint(*ACKNOWLEDGED))
                    count = Count.of(life.learners)
                    print(
                        f"{number}/{ROUNDS} {name}: {time.monotonic() - began:.1f} s; so far {count.starts} starts, "
                        f"{count.answers} answers, {count.submissions} submissions and {len(deeds.promised)} awards "
                        "were acknowledged",
                        flush=True,
                    )
        found = life.settle()
    print(f"mails that came a second time, with the id of the first: {deeds.repeated}; wrong: {len(found)}")
    for fault in found:
        print(f"  {fault}", file=sys.stderr)
    return int(bool(found))
