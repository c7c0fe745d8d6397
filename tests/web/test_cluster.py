"""Two web processes, a worker, PostgreSQL and Redis behind HAProxy: each is killed, and nothing acknowledged is lost.

The long profile: `python -m benchmarks cluster`.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import redis
from sqlalchemy import delete, update

from lms.db import db, write_unit
from lms.quizzes.models import AttemptQuestion
from lms.quizzes.statistics.models import CountedAttempt
from tests.load.checks import faults
from tests.load.cluster import Cluster, cluster
from tests.load.deeds import Deeds
from tests.load.kills import Count
from tests.load.lives import PARTS, Life

pytestmark = pytest.mark.once
LEARNERS, SCENES, ACKNOWLEDGED = 4, 12, 20


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path, questions=5) as made:
        yield made


def test_each_part_may_be_killed_under_load(whole: Cluster) -> None:
    deeds = Deeds(whole)
    deeds.prepare(SCENES)
    life = Life(whole, whole.learners(LEARNERS), deeds, Random(1))
    counted_together(whole)
    with life.under_load(pause=0.8):
        for name in PARTS:
            life.kill(name, ACKNOWLEDGED)
        life.more(ACKNOWLEDGED, "at the end")
    assert life.settle() == []
    count = Count.of(life.learners)
    assert count.starts > LEARNERS
    assert count.submissions > LEARNERS
    assert len(deeds.promised) > len(PARTS)
    a_loss_is_seen(life)


def counted_together(whole: Cluster) -> None:
    """Both web processes count in one Redis."""
    answers = [whole.status_of("/calendar/nobody.ics") for _ in range(4)]
    with redis.Redis.from_url(whole.redis.url) as client:
        (place,) = client.scan_iter("tashbik:calendar-place/*")
        assert (answers, client.get(place)) == ([404] * 4, b"4")


def a_loss_is_seen(life: Life) -> None:
    """What the checks are worth: an answer that is lost, an attempt counted twice, a mail that never came."""
    life.deeds.cluster.mailbox.mails.pop()
    with life.cluster.app.app_context():
        with write_unit() as session:
            session.execute(update(AttemptQuestion).where(AttemptQuestion.position == 3).values(answer=None))
            session.execute(delete(CountedAttempt).where(CountedAttempt.id == 1))
        db.session.remove()
    found = "\n".join([*faults(life.cluster.app, life.learners), *life.deeds.faults()])
    assert "answer 3 of" in found
    assert "got no mail" in found
    assert "statistics:" in found
