"""`lms start`: make the database ready and serve."""

import gc
import select
import socket
import threading
from dataclasses import replace

import click
from flask import Flask

from lms import create_app
from lms.cli.environment import command_settings, say
from lms.cli.holding import holding
from lms.cli.upgrade import bring_up_to_date
from lms.clock import now
from lms.db import write_unit
from lms.jobs.worker import start_worker
from lms.settings import Settings

THREADS = 8
CONNECTIONS, CONNECTIONS_WITHOUT_POLL = 4000, 400
SPARE = 100
"""Open files that are no connections of browsers."""
COLLECTED_AFTER = (20_000, 20, 20)
"""What the garbage collector waits for: hardly anything of a request lies in circles, and looking for it costs."""
OUTSIDE = "192.0.2.1"
"""An address that is nobody's (RFC 5737): asking for the way to it tells this machine's own."""


@click.command()
@click.option("--demo", is_flag=True, help="Load the demonstration network and its accounts.")
@click.option("--lan", is_flag=True, help="Serve the local network too; demo accounts get random passwords.")
@click.option("--port", type=int, default=None, help="Port to listen on (or the setting PORT).")
def start(demo: bool, lan: bool, port: int | None) -> None:
    """Make the database ready and serve until stopped."""
    settings = settings_for(demo=demo, lan=lan, port=port)
    with holding(settings.data):
        app = create_app(settings)
        with app.app_context():
            prepare(app, settings, lan=lan)
        serve(app, settings)


def settings_for(*, demo: bool, lan: bool, port: int | None) -> Settings:
    """The environment's settings, with what the command line says on top."""
    chosen: dict[str, object] = {"demo": True} if demo else {}
    if port is not None:
        chosen["port"] = port
    settings = command_settings(**chosen)
    if not lan:
        return settings
    address = lan_address()
    return replace(
        settings,
        host="0.0.0.0",  # noqa: S104 (asked for with --lan)
        base_url=f"http://{address}:{settings.port}",
        allowed_hosts=(address, *settings.allowed_hosts),
    )


def lan_address() -> str:
    """This machine's address in the local network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((OUTSIDE, 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def prepare(app: Flask, settings: Settings, *, lan: bool) -> None:
    """Bring tables and content up to date, load the demonstration, print who can sign in."""
    say(f"Data folder: {settings.data}")
    bring_up_to_date(app)
    if settings.demo:
        from lms.cli.demo import load

        load(random_passwords=lan)
    else:
        offer_first_run(settings)


def offer_first_run(settings: Settings) -> None:
    """Print the one-time code of the first-run page, where nobody operates this installation yet."""
    from lms.accounts.services import first_run_code

    with write_unit():
        code = first_run_code(now())
    if code:
        say("Nobody operates this installation yet. Open this page and give it the code, within an hour:")
        say(f"  {settings.base_url}/{settings.default_language}/first-run")
        say(f"  code: {code}")


def keeping_connections() -> dict[str, int | bool]:
    """How many connections are kept open at a time.

    A browser keeps one or more for as long as its page is open: with waitress' own limit of 100, the hundred-and-first
    learner of a course waits until another goes away. Windows has no `poll`, and its `select` takes 512.
    """
    if not hasattr(select, "poll"):
        return {"connection_limit": CONNECTIONS_WITHOUT_POLL}
    return {"connection_limit": open_files() - SPARE, "asyncore_use_poll": True}


def open_files() -> int:
    """How many files this process may have open, once it was allowed as many as it needs."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else min(soft, wanted)


def serve(app: Flask, settings: Settings) -> None:
    """Serve with waitress, the job worker beside it in a thread."""
    from waitress import create_server

    try:
        server = create_server(
            app, host=settings.host, port=settings.port, threads=THREADS, ident=None, **keeping_connections()
        )
    except OSError as error:
        raise click.ClickException(
            f"Port {settings.port} cannot be had ({error.strerror}). Choose another: PORT=8001"
        ) from error
    stop = threading.Event()
    worker = start_worker(app, stop) if settings.embedded_worker else None
    say(f"Tashbik is at {settings.base_url}  (stop with Ctrl+C)")
    # What is loaded now stays until the end: the garbage collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    try:
        server.run()
    finally:
        stop.set()
        if worker is not None:
            worker.join(timeout=10)
