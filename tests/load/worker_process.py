"""`lms worker` with leases and pauses of a second or two, so that a test sees what comes after a kill."""

from dataclasses import replace
from datetime import timedelta

from lms import create_app
from lms.cli.worker import worker
from lms.jobs import kinds, leases

SOON = timedelta(seconds=2)

if __name__ == "__main__":
    create_app()  # registers every kind
    kinds._kinds.update({name: replace(kind, lease=SOON) for name, kind in kinds.kinds().items()})
    leases.FIRST_PAUSE = SOON
    worker()
