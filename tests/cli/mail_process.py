"""A worker that sends mail: `python -m tests.cli.mail_process URL DATA SMTP`; its leases end soon."""

import sys
import threading
from dataclasses import replace
from pathlib import Path

from lms import create_app
from lms.jobs import job_kind, kinds
from lms.jobs.worker import run_worker
from tests.cli.processes import LEASE, settings_for

if __name__ == "__main__":
    settings = replace(settings_for(sys.argv[1], Path(sys.argv[2])), smtp_url=sys.argv[3], mail_from="a@example.org")
    app = create_app(settings)
    for name in ("message", "digest"):
        handler = kinds.kinds()[name].handler
        kinds.forget(name)
        job_kind(name, lease=LEASE)(handler)
    run_worker(app, threading.Event())
