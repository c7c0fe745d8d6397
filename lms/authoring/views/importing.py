"""Questions from files of other systems: read, looked at one by one, then put in together, or taken out again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.authoring.addresses import address_of_part
from lms.authoring.drafts import importing
from lms.authoring.exchange_forms import FORMAT_NAMES, ImportForm
from lms.authoring.exchanging import shown_items
from lms.authoring.hindrances import title_of
from lms.authoring.models import QuestionImport
from lms.authoring.views.blueprint import blueprint, by_now
from lms.authoring.views.parts import editor_part
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.exchange.items import Verdict
from lms.exchange.reading import read_questions
from lms.exchange.sheet import template_csv, template_xlsx
from lms.i18n import gettext as _
from lms.i18n import ngettext
from lms.limits import takes_upload
from lms.security import Permission, require
from lms.training.models import DraftPart, PartKind

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES = {"csv": (template_csv, "text/csv; charset=utf-8"), "xlsx": (template_xlsx, WORKBOOK)}


def quiz_part(part_id: str) -> DraftPart | None:
    """A quiz of a draft, or a folder of a bank."""
    found = editor_part(part_id)
    return found if found is not None and found.kind == PartKind.QUIZ else None


def record(import_id: str) -> QuestionImport | None:
    """A file that was read for a quiz that is still there."""
    query = (
        select(QuestionImport)
        .where(QuestionImport.public_id == import_id)
        .options(joinedload(QuestionImport.part).joinedload(DraftPart.draft))
    )
    found = db.session.scalar(query)
    return found if found is not None and quiz_part(found.part.public_id) is not None else None


@blueprint.get("/studio/parts/<part_id>/import")
@require(Permission.EDIT_MODULE, target=quiz_part)
def import_questions(part: DraftPart) -> str:
    """Choose a file."""
    return _form_page(part, ImportForm())


def _form_page(part: DraftPart, form: ImportForm) -> str:
    return render_template(
        "authoring/import.html",
        part=part,
        module=part.draft.module,
        title=title_of(part),
        back=address_of_part(part),
        form=form,
        room=importing.room_in(part),
        history=importing.imports_of(part),
        formats=FORMAT_NAMES,
    )


@blueprint.post("/studio/parts/<part_id>/import")
@takes_upload
@require(Permission.EDIT_MODULE, target=quiz_part)
def read_file(part: DraftPart) -> ResponseReturnValue:
    """Read it, and show what would become of each question."""
    form = ImportForm()
    if not form.validate():
        return _form_page(part, form), 422
    upload = form.file.data
    try:
        wanted = form.wanted(part.draft.source_language)
        reading = read_questions(upload.read(), upload.filename or "", wanted)
    except DomainError as error:
        form.refuse(error)
        return _form_page(part, form), 422
    with write_unit():
        found = importing.keep_reading(part, reading, upload.filename or "", **by_now())
    return redirect(url_for(".look_at_import", import_id=found.public_id), 303)


@blueprint.get("/studio/imports/<import_id>/")
@require(Permission.EDIT_MODULE, target=record)
def look_at_import(found: QuestionImport) -> str:
    """Every question, what was changed of it or why it was dropped; to be chosen, or to be undone."""
    return _preview(found)


def _preview(found: QuestionImport, problem: str = "", ticked: set[int] | None = None) -> str:
    shown = shown_items(importing.items_in(found))
    counts = {verdict: sum(each.item.verdict is verdict for each in shown) for verdict in Verdict}
    return render_template(
        "authoring/import_preview.html",
        found=found,
        part=found.part,
        module=found.part.draft.module,
        title=title_of(found.part),
        back=address_of_part(found.part),
        shown=shown,
        counts=counts,
        total=len(shown),
        ticked=ticked if ticked is not None else {each.item.number for each in shown if each.taken},
        formats=FORMAT_NAMES,
        problem=problem,
    )


@blueprint.post("/studio/imports/<import_id>/")
@require(Permission.EDIT_MODULE, target=record)
def import_chosen(found: QuestionImport) -> ResponseReturnValue:
    """Put the chosen ones into the quiz."""
    chosen = {int(number) for number in request.form.getlist("chosen") if number.isascii() and number.isdigit()}
    try:
        with write_unit():
            count = importing.import_chosen(found, chosen, **by_now())
    except DomainError as error:
        return _preview(found, error.message, chosen), 422
    flash(ngettext("%(num)s question is imported.", "%(num)s questions are imported.", count))
    return redirect(f"{address_of_part(found.part)}#blocks", 303)


@blueprint.post("/studio/imports/<import_id>/undo")
@require(Permission.EDIT_MODULE, target=record)
def undo_import(found: QuestionImport) -> ResponseReturnValue:
    """Take all of them out again."""
    part = found.part
    try:
        with write_unit():
            gone, changed = importing.undo_import(found, **by_now())
    except DomainError as error:
        flash(error.message, "bad")
        return redirect(address_of_part(part), 303)
    flash(ngettext("%(num)s question is taken out again.", "%(num)s questions are taken out again.", gone + changed))
    if changed:
        flash(_("Those that were changed since can be restored at the foot of this page."), "due")
    return redirect(f"{address_of_part(part)}#blocks", 303)


@blueprint.get("/studio/question-template/<file_format>")
@require(Permission.AUTHOR)
def question_template(file_format: str) -> ResponseReturnValue:
    """The table to be filled in."""
    if file_format not in TEMPLATES:
        abort(404)
    write, kind = TEMPLATES[file_format]
    headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="questions.{file_format}"'}
    return write(), 200, headers
