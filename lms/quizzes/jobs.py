"""What quizzes have the worker do."""

from datetime import timedelta
from typing import Any

from lms.clock import now
from lms.db import write_unit
from lms.jobs import periodic
from lms.quizzes.services import close_expired

EVERY = timedelta(minutes=5)


@periodic("close_expired_attempts", every=EVERY)
def close_attempts(_arguments: dict[str, Any]) -> None:
    """Grade attempts whose time was up while their learners were away."""
    with write_unit():
        close_expired(now())
