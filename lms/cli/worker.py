"""`lms worker`: run jobs in a process of its own."""

import signal
import threading

import click

from lms.cli.environment import command_app, command_settings, say
from lms.cli.holding import holding
from lms.jobs.worker import run_worker


@click.command()
def worker() -> None:
    """Run jobs until stopped; the one at hand is finished first.

    Any number of workers may run beside the server; set LMS_WORKER=process for the server then.
    """
    settings = command_settings()
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda _number, _frame: stop.set())
    with holding(settings.data):
        app = command_app(settings)
        say("The worker runs (stop with Ctrl+C).")
        run_worker(app, stop)
