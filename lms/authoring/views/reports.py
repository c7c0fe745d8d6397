"""Errors that learners reported: a list with states, for whoever can mend them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from lms.authoring.addresses import address_of_item, address_of_part
from lms.authoring.queries import reports_for
from lms.authoring.views.blueprint import blueprint
from lms.clock import now
from lms.db import db, write_unit
from lms.i18n import gettext as _
from lms.learning.exercises import settle_report
from lms.learning.models import LessonReport, ReportState
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.training.models import Draft, DraftItem, DraftPart, LessonVersion


@dataclass(frozen=True)
class Listed:
    """A report with the title of its lesson and, where it can be mended here, the page that mends it."""

    report: LessonReport
    titles: dict[str, str]
    address: str


@blueprint.get("/studio/reports")
@require(Permission.AUTHOR)
def reports() -> str:
    """Open ones first; `state` in the address chooses others."""
    asked = request.args.get("state", "")
    state = ReportState(asked) if asked in list(ReportState) else ReportState.OPEN
    found = reports_for(the_actor(), state)
    return render_template("authoring/reports.html", rows=_listed(found), state=state)


def _listed(reports: list[LessonReport]) -> list[Listed]:
    """In three statements, however many there are."""
    versions, modules = {report.version_id for report in reports}, {report.module_id for report in reports}
    lessons = db.session.scalars(select(LessonVersion).where(LessonVersion.module_version_id.in_(versions)))
    titles = {(lesson.module_version_id, lesson.key): lesson.titles for lesson in lessons}
    there = select(Draft.module_id, DraftPart).join(DraftPart).where(Draft.module_id.in_(modules))
    parts = {(row[0], row[1].key): row[1] for row in db.session.execute(there) if row[1].removed_at is None}
    keys = {report.block_key for report in reports} - {""}
    wanted = select(DraftItem).where(
        DraftItem.part_id.in_({part.id for part in parts.values()}), DraftItem.key.in_(keys)
    )
    items = {(item.part_id, item.key): item for item in db.session.scalars(wanted)}
    return [
        Listed(
            report,
            titles.get((report.version_id, report.lesson_key), {}),
            _address(report, parts.get((report.module_id, report.lesson_key)), items),
        )
        for report in reports
    ]


def _address(report: LessonReport, part: DraftPart | None, items: Mapping[tuple[int, str], DraftItem]) -> str:
    """The editor of the block or lesson, where the module has a draft with it."""
    if part is None:
        return ""
    item = items.get((part.id, report.block_key))
    return address_of_item(part, item) if item else address_of_part(part)


def reported(report_id: str) -> LessonReport | None:
    """A report."""
    return db.session.query(LessonReport).filter_by(public_id=report_id).one_or_none()


@blueprint.post("/studio/reports/<report_id>")
@require(Permission.EDIT_MODULE, target=reported)
def settle(report: LessonReport) -> ResponseReturnValue:
    """Say how far it is."""
    do = request.form.get("do", "")
    if do not in list(ReportState):
        abort(400)
    before = report.state
    with write_unit():
        settle_report(report, ReportState(do), now())
    flash(_("The report is noted."))
    return redirect(url_for(".reports", state=before), 303)
