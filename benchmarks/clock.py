"""Years of random certification: the long profile of tests/web/test_clock.py, on a database of its own.

Printed: how many steps of which kind were taken, and how many dates were told, so that it shows what was reached.
"""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import func, select

from lms import create_app
from lms.certification.models import CycleMark, CycleStep
from lms.db import db
from lms.settings import Settings
from lms.upgrade import upgrade
from tests.clockwork import Clockwork

EXAMPLES, STEPS = 40, 80
PROFILE = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=False,
    database=None,
    # What is found is shown as it was found: shrinking ten years takes longer than reading them.
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


reached: Counter[str] = Counter()


class Counted(Clockwork):
    """A history that says at its end what it went through."""

    def teardown(self) -> None:
        """Count what happened in it."""
        for model in (CycleStep, CycleMark):
            counted = select(model.kind, func.count()).group_by(model.kind)
            reached.update({f"{model.__tablename__} {kind}": count for kind, count in db.session.execute(counted)})
        super().teardown()


def main() -> int:
    """Raises where an invariant does not hold, with the shortest history that shows it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'clock.sqlite3'}"
        app = create_app(Settings(data=data, database_url=url, secret_key="bench", embedded_worker=False, testing=True))
        with app.app_context():
            upgrade(db.engine)
            run_state_machine_as_test(Counted, settings=PROFILE)
    print(", ".join(f"{kind} {count}" for kind, count in sorted(reached.items())))
    return 0
