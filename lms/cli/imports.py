"""`lms import`: whole sheets into a network, with the fates of the page."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import select

from lms.cli.environment import command_app, say
from lms.clock import now
from lms.db import db, write_unit
from lms.documents.tables import TableError, read_table
from lms.errors import DomainError
from lms.formats import LANGUAGES, Formatter
from lms.i18n import reading_as
from lms.imports.bulk.columns import Kind
from lms.imports.bulk.days import CALENDARS
from lms.imports.bulk.fates import Fate
from lms.imports.bulk.preview import headers_of, rows_with
from lms.imports.bulk.queries import MADE, outcome_of
from lms.imports.bulk.reading import MOST_ROWS
from lms.imports.bulk.services import Asked, begin, bring, choose, drop, keep_file, look
from lms.imports.bulk.wording import explain_sheet, reason_of
from lms.imports.models import Import, ImportState
from lms.jobs.models import Job
from lms.jobs.worker import run_next
from lms.organizations.models import Network
from lms.organizations.queries import network_by_public_id
from lms.quizzes.models import Source

JOBS = ("look_at_import", "run_import")
PAUSE = 0.5
"""Seconds between two looks at how far it is."""


@click.group("import")
def imports() -> None:
    """Import organizations, people, memberships and past completions into a network."""


@imports.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--network", "network_id", required=True, help="The network's id, as in the address of its page.")
@click.option("--kind", "kinds", type=click.Choice([kind.value for kind in Kind]), multiple=True, help="Default: all.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fa", show_default=True, help="Where none is told.")
@click.option("--calendar", type=click.Choice(CALENDARS), default="auto", show_default=True, help="Of the days.")
@click.option("--prior-learning", is_flag=True, help="The completions are prior learning that is recognised.")
@click.option("--doubtful-are-new", is_flag=True, help="Namesakes of people who are known are new people.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of the rows.")
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def people(
    file: Path,
    network_id: str,
    kinds: tuple[str, ...],
    language: str,
    calendar: str,
    prior_learning: bool,
    doubtful_are_new: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import the rows of FILE (CSV or XLSX, its headers as on the page) that can be taken.

    Interrupted while it writes, it goes on when a server or worker runs; it can be undone on its page.
    """
    source = Source.PRIOR_LEARNING if prior_learning else Source.IMPORT
    app = command_app()
    with app.app_context(), reading_as(Formatter("en")):
        record = _brought(_network(network_id), file, language)
        try:
            with write_unit():
                look(record, Asked(record.columns, [Kind(kind) for kind in kinds or Kind], calendar, source, language))
            _work(app, record.id, quiet=as_json)
            if doubtful_are_new:
                _ask(record.id, lambda found: choose(found, {}, doubtful_are_new=True))
                _work(app, record.id, quiet=as_json)
        except DomainError as error:
            raise click.ClickException(error.message) from error
        rows = list(_left_out(_found(record.id)))
        if dry_run:
            counts = dict(_found(record.id).counts)
            _ask(record.id, lambda found: drop(found, now()))
            _report({"fates": counts}, rows, as_json)
            return
        _ask(record.id, begin)
        _work(app, record.id, quiet=as_json)
        outcome = outcome_of(_found(record.id))
        made = {kind: outcome.made[kind] for kind in MADE}
        head = {"import": record.public_id, "fates": dict(outcome.fates), "made": made, "changed": outcome.changed}
        _report(head, rows, as_json)


def _network(network_id: str) -> Network:
    network = network_by_public_id(network_id)
    if network is None:
        raise click.ClickException(f"There is no network with the id {network_id}.")
    return network


def _brought(network: Network, file: Path, language: str) -> Import:
    data = file.read_bytes()
    try:
        table = read_table(data, file.name, max_rows=MOST_ROWS)
    except TableError as error:
        raise click.ClickException(explain_sheet(error)) from error
    key = keep_file(BytesIO(data))
    with write_unit():
        return bring(network, table, key, file.name, language=language, actor_id=None, now=now())


def _ask(import_id: int, deed: Callable[[Import], None]) -> None:
    with write_unit() as session:
        deed(session.get_one(Import, import_id))


def _found(import_id: int) -> Import:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Import, import_id)


def _work(app: Flask, import_id: int, *, quiet: bool) -> None:
    """Have the worker's part done, here or by the worker that took it first, and show how far it is."""
    stop = threading.Event()
    worker = threading.Thread(target=_run, args=(app, stop), daemon=True)
    worker.start()
    try:
        _watch(import_id, quiet=quiet)
    finally:
        stop.set()
        worker.join()


def _run(app: Flask, stop: threading.Event) -> None:
    while not stop.is_set():
        if not run_next(app, JOBS):
            stop.wait(PAUSE)


def _watch(import_id: int, *, quiet: bool) -> None:
    record = _found(import_id)
    label = "looking" if record.state == ImportState.LOOKING else "writing"
    with click.progressbar(length=record.total, label=label, hidden=quiet) as bar:
        while record.is_at_work:
            _refuse_failure(import_id)
            bar.update(record.done - bar.pos)
            time.sleep(PAUSE)
            record = _found(import_id)
        bar.update(record.total - bar.pos)


def _refuse_failure(import_id: int) -> None:
    jobs = db.session.execute(select(Job.arguments, Job.error).where(Job.kind.in_(JOBS), Job.error != ""))
    for job in jobs:
        if job.arguments.get("import") == import_id:
            raise click.ClickException(f"It failed ({job.error}). The worker of a server tries again by itself.")


def _left_out(record: Import) -> Iterator[tuple[int, Fate, str]]:
    headers = dict(zip(record.columns, headers_of(record), strict=False))
    for fate in (Fate.WRONG, Fate.DOUBTFUL):
        for row in rows_with(record, fate):
            yield row.line, fate, reason_of(fate, list(row.said), headers)


def _report(head: dict[str, Any], rows: list[tuple[int, Fate, str]], as_json: bool) -> None:
    if as_json:
        left_out = [{"row": line, "fate": fate.value, "reason": reason} for line, fate, reason in rows]
        say(json.dumps({**head, "left_out": left_out}, ensure_ascii=False, indent=2))
        return
    for line, fate, reason in rows:
        say(f"row {line}, {fate.value}: {reason}")
    say(", ".join(f"{head['fates'].get(fate.value, 0)} {fate.value}" for fate in Fate))
    if "made" in head:
        made = ", ".join(f"{count} {kind}" for kind, count in head["made"].items())
        say(f"Made: {made}; {head['changed']} changed. Its id is {head['import']}.")
