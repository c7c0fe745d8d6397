"""What was made regularly, and the files."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.organizations.models import Network
from lms.paging import asked_page
from lms.reports import targets
from lms.reports.schedules.models import ReportRun
from lms.reports.schedules.queries import page_of_runs
from lms.reports.schedules.targets import RunFile
from lms.reports.schedules.targets import run as run_of
from lms.reports.schedules.targets import run_file as run_file_of
from lms.reports.schedules.wording import failure_in_words
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require
from lms.storage import send_stored

_LIST = "/networks/<network_id>/reports/runs"
_WORDS: dict[str, Any] = {"failure_in_words": failure_in_words, "file_of": RunFile}


@blueprint.get(_LIST)
@require(Permission.SEE_REPORTS, targets.network)
def runs(network: Network) -> str:
    """All of a network's, the newest first."""
    page = page_of_runs(network.id, asked_page())
    return render_template(
        "reports/runs.html", network=network, page=page, failure_in_words=failure_in_words, file_of=RunFile
    )


@blueprint.get(f"{_LIST}/<run_id>")
@require(Permission.SEE_REPORTS, run_of)
def run(run: ReportRun) -> str:
    """One of them: what a mail leads to."""
    return render_template(
        "reports/run.html", network=run.schedule.network, run=run, failure_in_words=failure_in_words, file_of=RunFile
    )


@blueprint.get(f"{_LIST}/<run_id>/file")
@require(Permission.GET_REPORT_FILE, run_file_of)
def run_file(target: RunFile) -> ResponseReturnValue:
    """Its file, while it is kept."""
    run = target.run
    response = send_stored(run.file_hash, FORMATS[run.file_format], download_name=run.file_name)
    # Rights end: no browser keeps it by itself.
    response.headers["Cache-Control"] = "no-store"
    return response
