"""Jobs whose effect is counted: awards that are told by mail, and the statistics of attempts."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from lms.checks import checks
from lms.clock import now
from lms.db import db, write_unit
from lms.events.models import EventRow
from lms.jobs import enqueue
from lms.jobs.models import Job, JobState
from lms.messages.choices import choose
from lms.messages.kinds import Choice
from lms.quizzes.models import Attempt, AttemptState
from lms.quizzes.statistics.models import CountedAttempt
from tests.load.cluster import Cluster
from tests.notifications import Scene, make_scene


@dataclass
class Deeds:
    """Organizations that are awarded one after the other while a cluster is under load."""

    cluster: Cluster
    scenes: list[Scene] = field(default_factory=list)
    #: To whom a mail was promised, and for whom nobody knows: the database went away before it answered.
    promised: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def prepare(self, number: int) -> None:
        """So many organizations whose managers want mail at once."""
        with self.cluster.app.app_context():
            for _ in range(number):
                scene = make_scene()
                with write_unit():
                    choose(scene.manager.id, {"awarded": Choice.AT_ONCE})
                self.scenes.append(scene)
            for scene in self.scenes:
                for each in (scene.network, scene.organization, scene.manager, scene.admin):
                    db.session.refresh(each)
            # Loaded, they are good in other sessions too.
            db.session.expunge_all()
            db.session.remove()

    def run(self, over: threading.Event, pause: float) -> None:
        """Award them, and have attempts counted, until it is over."""
        waiting = iter(self.scenes)
        while not over.wait(pause):
            with self.cluster.app.app_context():
                self._do(next(waiting, None))
                db.session.remove()

    def _do(self, scene: Scene | None) -> None:
        try:
            with write_unit():
                enqueue("count_attempts", {})
        except SQLAlchemyError:
            return
        if scene is None:
            return
        address = f"p{scene.manager.id}@example.org"
        try:
            scene.awarded()
        except SQLAlchemyError:
            self.unknown.add(address)
        else:
            self.promised.add(address)

    def are_done(self) -> bool:
        """Whether no job is due, or held by anybody."""
        with self.cluster.app.app_context():
            waiting = select(func.count()).select_from(Job)
            try:
                left = db.session.scalar(waiting.where(Job.state == JobState.WAITING, Job.run_at <= now()))
                held = db.session.scalar(waiting.where(Job.state == JobState.WAITING, Job.tries > 0))
            except SQLAlchemyError:
                return False
            finally:
                db.session.remove()
        return not left and not held

    def faults(self) -> list[str]:
        """What is lost, stuck or done twice; a mail that came twice bears one id."""
        sent = Counter((str(mail["To"]), str(mail["Message-ID"])) for mail in self.cluster.mailbox.mails)
        receivers = Counter(address for address, _id in sent)
        found = [f"{address} got {number} mails" for address, number in receivers.items() if number > 1]
        found += [f"{address} got no mail" for address in self.promised - receivers.keys()]
        found += [f"{address} got a mail of nothing" for address in receivers.keys() - self.promised - self.unknown]
        with self.cluster.app.app_context():
            found += self._of_jobs()
            found += [f"statistics: {each}" for each in checks()["statistics"]()]
            db.session.remove()
        return found

    def _of_jobs(self) -> list[str]:
        session = db.session
        failed = session.execute(select(Job.kind, Job.error).where(Job.state == JobState.FAILED)).all()
        graded = session.scalar(select(func.count()).select_from(Attempt).where(Attempt.state == AttemptState.GRADED))
        events = session.scalar(select(func.count()).where(EventRow.name == "attempt_graded"))
        counted = session.scalar(select(func.count()).select_from(CountedAttempt))
        numbers = (graded, events, counted)
        return [
            *(f"a job {kind} was given up: {error}" for kind, error in failed),
            *([f"{graded} attempts are graded, {events} told, {counted} counted"] if len(set(numbers)) > 1 else []),
        ]

    @property
    def repeated(self) -> int:
        """How many mails came a second time, with the id of the first."""
        mails = [str(mail["Message-ID"]) for mail in self.cluster.mailbox.mails]
        return len(mails) - len(set(mails))
