"""Marking 100,000 answers anew, by the worker inside the server, while a learner saves one answer after the other.

Every second answer gets another mark; one in 200 passes now that did not, with all that follows from it. Printed: time
an answer, how long saving took meanwhile, and by how much the server's memory grew.
"""

import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select

from benchmarks.ratios import is_over
from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs import enqueue
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, QuestionScoring, QuestionVersion, QuizVersion
from lms.quizzes.policy_models import Regrade, RegradeState
from lms.quizzes.services import begin_regrade, commit_regrade
from lms.training.models import Module
from tests.load.learner import Learner
from tests.load.world import World, build, serving

ANSWERS, AT_ONCE = 100_000, 5_000
PASSING = 200
FIRST = 1_000_000
"""The first id of what is made here."""
SLOWEST, LARGEST = 1.0, 128.0
"""Seconds that saving may take at the 95th percentile meanwhile; megabytes by which the server may grow."""
PATIENCE = 3600


def make_answers(world: World) -> None:
    """Graded attempts at the quiz, of one person each."""
    with world.app.app_context():
        quiz = db.session.scalars(select(QuizVersion).where(QuizVersion.public_id == world.quiz)).one()
        version = db.session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).first()
        assert version
        scoring = db.session.scalars(select(QuestionScoring.id).filter_by(question_version_id=version.id)).one()
        ids = (quiz.id, version.id, scoring)
        for first in range(FIRST, FIRST + ANSWERS, AT_ONCE):
            with write_unit() as session:
                for model, rows in _rows(range(first, first + AT_ONCE), *ids):
                    session.execute(insert(model), rows)
        db.session.remove()


def _rows(ids: range, quiz: int, version: int, scoring: int) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    at = now()
    yield Person, [{"id": n, "sign_in_name": f"p{n}", "sign_in_key": f"p{n}", "display_name": f"p{n}"} for n in ids]
    graded = {"state": AttemptState.GRADED, "submitted_at": at, "graded_at": at, "occurred_at": at, "language": "en"}
    rules = {"quiz_version_id": quiz, "number": 1, "seed": 1, "pass_mark": 95, "passed": False, "standing": 0.0}
    yield (
        Attempt,
        [
            {"id": n, "person_id": n, **rules, **graded, "max_mark": 2.0 if n % PASSING else 1.0, "mark": n % 2}
            for n in ids
        ],
    )
    asked = {"question_version_id": version, "scoring_id": scoring, "position": 1, "mark": 1.0, "language": "en"}
    yield (
        AttemptQuestion,
        [
            {"id": n, "attempt_id": n, **asked, "answer": {"options": ["ab"[n % 2]]}, "saved_at": at, "fraction": n % 2}
            for n in ids
        ],
    )


def begin(world: World) -> int:
    """Begin to look through them: every answer is right from now on."""
    with world.app.app_context(), write_unit() as session:
        version = session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).first()
        person, module = session.get_one(Person, FIRST), session.scalars(select(Module)).first()
        assert version
        assert module
        scoring = {"correct": ["a"]}
        regrade = begin_regrade(module, version, scoring, actor_id=person.id, now=now())
        enqueue("regrade", {"regrade": regrade.id})
        return regrade.id


def commit(world: World, regrade_id: int) -> None:
    """Have it done."""
    with world.app.app_context(), write_unit() as session:
        commit_regrade(session.get_one(Regrade, regrade_id), actor_id=FIRST, now=now())
        enqueue("regrade", {"regrade": regrade_id})


def wait(world: World, regrade_id: int, state: RegradeState) -> float:
    """Seconds until it has come so far."""
    began = time.monotonic()
    while time.monotonic() < began + PATIENCE:
        with world.app.app_context():
            found, done = db.session.execute(select(Regrade.state, Regrade.done)).one()
            db.session.remove()
        if found == state:
            return time.monotonic() - began
        print(f"{found}: {done} of {ANSWERS}", flush=True)
        time.sleep(10)
    raise RuntimeError(f"the regrade {regrade_id} did not end")


class Saving(threading.Thread):
    """A learner of the same quiz, who saves all the time."""

    def __init__(self, learner: Learner) -> None:
        super().__init__(daemon=True)
        self.learner, self.waited, self.ends = learner, list[float](), False

    def run(self) -> None:
        """Save, wait a moment, save again."""
        order = Random(1)
        while not self.ends:
            before = time.perf_counter()
            self.learner.answer(1, self.learner.choose(1, order))
            self.waited.append(time.perf_counter() - before)
            time.sleep(0.05)

    def percentile(self, share: float) -> float:
        """Seconds within which that share of the answers was acknowledged."""
        return sorted(self.waited)[int(len(self.waited) * share)]


def megabytes(pid: int) -> float:
    """The most memory that a process has had (proc(5), VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> int:
    """Measure on SQLite; 1 where saving became slow, or the memory grew with the answers."""
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder) / "ours", questions=1)
        make_answers(world)
        (learner,) = world.learners(1)
        with serving(world):
            assert world.server.process
            for act in (learner.arrive, learner.start, learner.open):
                act()
            saving, before = Saving(learner), megabytes(world.server.process.pid)
            saving.start()
            regrade_id = begin(world)
            looked = wait(world, regrade_id, RegradeState.READY)
            commit(world, regrade_id)
            done = wait(world, regrade_id, RegradeState.DONE)
            saving.ends = True
            saving.join()
            grown = megabytes(world.server.process.pid) - before
    print(f"{ANSWERS} answers: looked through in {looked:.0f} s, {looked / ANSWERS * 1e3:.2f} ms each; ", end="")
    print(f"marked anew in {done:.0f} s, {done / ANSWERS * 1e3:.2f} ms each")
    median, last = saving.percentile(0.5), saving.percentile(0.99)
    print(f"saving meanwhile: median {median * 1e3:.0f} ms, 99th percentile {last * 1e3:.0f} ms")
    over = is_over("saving, 95th percentile, seconds", saving.percentile(0.95), SLOWEST)
    return int(over | is_over("memory of the server grew by MB", grown, LARGEST))
