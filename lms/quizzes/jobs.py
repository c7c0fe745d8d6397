"""What quizzes have the worker do."""

from datetime import timedelta
from typing import Any

from lms.clock import now
from lms.db import write_unit
from lms.jobs import job_kind, periodic
from lms.quizzes.services import close_expired
from lms.quizzes.services.uploading import DROP
from lms.quizzes.upload_queries import is_needed
from lms.storage import current_storage

EVERY = timedelta(minutes=5)


@periodic("close_expired_attempts", every=EVERY)
def close_attempts(_arguments: dict[str, Any]) -> None:
    """Grade attempts whose time was up while their learners were away."""
    with write_unit():
        close_expired(now())


@job_kind(DROP)
def drop_bytes(arguments: dict[str, Any]) -> None:
    """Delete a file that was taken back or erased, unless the same bytes are needed elsewhere."""
    digest = str(arguments["digest"])
    with write_unit():
        if not is_needed(digest):
            current_storage().remove(digest)
