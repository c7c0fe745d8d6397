"""The jobs that find what is due and make it: at least once, and each slot one run."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import Any

from sqlalchemy import delete
from werkzeug.datastructures import MultiDict

from lms.accounts.addresses import whole_address
from lms.accounts.models import Person
from lms.accounts.services import notify
from lms.clock import now
from lms.db import db, read_snapshot, text_of, write_unit
from lms.errors import NotAllowed
from lms.i18n import lazy_gettext as _
from lms.i18n import reading_as
from lms.jobs import GiveUp, job_kind, periodic
from lms.messages.services import mail_is_on, send_mail
from lms.reports.offered import REPORTS, Asked, Asking, OutdatedView
from lms.reports.schedules.models import Failure, ReportReceiver, ReportRun, ReportSchedule
from lms.reports.schedules.queries import administered_now, known_keys, run_to_make, running_schedules
from lms.reports.schedules.services import JOB, ask_for, due
from lms.reports.schedules.slots import reads_as
from lms.reports.sheets import Sheet, stream
from lms.setup import current_settings
from lms.storage import Stored, current_storage
from lms.storage.files import pieces

EVERY = timedelta(minutes=15)
LEASE = timedelta(minutes=15)
MOST_TRIES = 6
NOTICE = "report_run"


class CannotBeMade(Exception):
    """Trying again is of no use."""

    def __init__(self, why: Failure, failed_filter: str = "") -> None:
        super().__init__(why)
        self.why, self.failed_filter = why, failed_filter


class FolderNotWritable(Exception):
    """The folder of a network: whoever runs the site can see to it."""


@dataclass(frozen=True)
class Made:
    """A file that lies in the storage."""

    sheet: Sheet
    stored: Stored
    name: str
    language: str
    network_ids: list[int]


@periodic("ask_for_reports", every=EVERY)
def ask_for_reports(_arguments: dict[str, Any]) -> None:
    """Ask for what has come due in the networks' days, and was not asked for yet."""
    wanted = {each.key: each for schedule in running_schedules() for each in due(schedule, now())}
    new = wanted.keys() - known_keys(wanted.keys())
    db.session.rollback()
    if new:
        with write_unit():
            for key in sorted(new):
                ask_for(wanted[key], now())


@job_kind(JOB, lease=LEASE, max_tries=MOST_TRIES)
def make_report(arguments: dict[str, Any]) -> None:
    """Make a run's file, and send word of it or put it into the folder. Done already, it is not done again."""
    run_id = arguments["run"]
    try:
        made = _made(run_id)
        if made is not None:
            _deliver(run_id, made)
    except CannotBeMade as error:
        _note(run_id, error.why, error.failed_filter)
        raise GiveUp from error
    except Exception as error:
        _note(run_id, Failure.FOLDER if isinstance(error, FolderNotWritable) else Failure.ERROR)
        raise


def _made(run_id: int) -> Made | None:
    """The file as its receiver may see it at this moment, stored; None where there is nothing to do any more."""
    read_snapshot()
    run = run_to_make(run_id)
    if run is None or run.schedule.ended_at is not None:
        return None
    schedule, network = run.schedule, run.schedule.network
    reader = run.person or schedule.maker
    mine = _rights(run, reader)
    with reading_as(reads_as(reader, network)), TemporaryFile() as file:
        asked = _asked(schedule, mine)
        sheet = asked.sheet()
        try:
            file.writelines(stream(sheet, run.file_format))
        except NotAllowed as error:
            raise CannotBeMade(Failure.TOO_LONG) from error
        file.seek(0)
        stored = current_storage().put(file)
    name = f"{schedule.report}-{network.public_id}-{run.day}-{schedule.public_id}.{run.file_format}"
    return Made(sheet, stored, name, reader.language, sorted({network.id, *asked.network_ids}))


def _asked(schedule: ReportSchedule, network_ids: frozenset[int]) -> Asked:
    """The view as it is now. Raises CannotBeMade where the report, or what it is filtered by, is there no more."""
    report = REPORTS.get(schedule.report)
    if report is None:
        raise CannotBeMade(Failure.NO_REPORT)
    try:
        return report.ask(Asking(schedule.network, MultiDict(schedule.arguments), now(), network_ids))
    except OutdatedView as error:
        raise CannotBeMade(Failure.OUTDATED, error.name) from error


def _rights(run: ReportRun, reader: Person) -> frozenset[int]:
    """The networks that she administers now. Raises CannotBeMade where this one is none of them, or no mail goes."""
    mine = administered_now(reader)
    if run.schedule.network_id not in mine:
        raise CannotBeMade(Failure.NO_ADMIN)
    if run.person is not None and not mail_is_on():
        raise CannotBeMade(Failure.NO_MAIL)
    if run.person is not None and not (reader.email and reader.email_key):
        raise CannotBeMade(Failure.NO_ADDRESS)
    return mine


def _deliver(run_id: int, made: Made) -> None:
    """Into the folder first, where a second time changes nothing; the mail in the transaction that ends the run."""
    run = run_to_make(run_id)
    if run is not None and run.person_id is None:
        try:
            _put_into(current_settings().data / "reports" / run.schedule.network.public_id, made)
        except OSError as error:
            raise FolderNotWritable from error
    db.session.rollback()
    with write_unit():
        run = run_to_make(run_id)
        if run is None:
            return
        run.finished_at, run.tries, run.failure, run.failed_filter = now(), run.tries + 1, "", ""
        run.expected, run.written, run.language = made.sheet.expected, made.sheet.written, made.language
        run.file_hash, run.size, run.file_name, run.is_kept = made.stored.key, made.stored.size, made.name, True
        run.network_ids = made.network_ids
        if run.person is not None:
            _mail(run, run.person)


def _put_into(folder: Path, made: Made) -> None:
    """Whole or not at all: whoever watches the folder never meets half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as part:
        try:
            with current_storage().open(made.stored.key) as file:
                part.writelines(pieces(file))
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(folder / made.name)
        except BaseException:
            with suppress(OSError):
                Path(part.name).unlink()
            raise


def _mail(run: ReportRun, person: Person) -> None:
    network, reader = run.schedule.network, reads_as(person, run.schedule.network)
    send_mail(
        person.email or "",
        person.language,
        _("Report: %(report)s"),
        "report",
        about=f"report {run.uid}",
        report=run.schedule.name,
        network=text_of(network.names, person.language),
        day=reader.day(run.day),
        rows=reader.number(run.written),
        link=whole_address("reports.run", lang=person.language, network_id=network.public_id, run_id=run.public_id),
    )


def _note(run_id: int, why: Failure, failed_filter: str = "") -> None:
    """Keep the failure, and tell whoever made the schedule; who administers the network no more leaves it."""
    db.session.rollback()
    with write_unit() as session:
        run = run_to_make(run_id)
        if run is None:
            return
        run.failure, run.failed_filter, run.tries = why, failed_filter, run.tries + 1
        if why is Failure.NO_ADMIN and run.person_id is not None:
            leaving = (ReportReceiver.schedule_id == run.schedule_id, ReportReceiver.person_id == run.person_id)
            session.execute(delete(ReportReceiver).where(*leaving))
        elif why is Failure.NO_ADMIN:
            run.schedule.to_folder = False
        if run.schedule.maker.erased_at is None:
            notify(run.schedule.maker_id, NOTICE, run.id, now())
