"""Bringing a sheet into a network: upload, columns, preview, deed, undoing."""

from io import BytesIO

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.clock import now
from lms.db import write_unit
from lms.documents.tables import MAX_BYTES, Table, TableError, read_table
from lms.errors import DomainError
from lms.i18n import language
from lms.imports.bulk import services
from lms.imports.bulk.columns import FIELDS as FIELD_NAMES
from lms.imports.bulk.errors_sheet import as_csv, as_xlsx
from lms.imports.bulk.fates import Fate
from lms.imports.bulk.forms import ColumnsForm, SheetForm
from lms.imports.bulk.preview import headers_of, page_of
from lms.imports.bulk.queries import import_by_public_id, imports_of, kept_of, outcome_of
from lms.imports.bulk.reading import MOST_ROWS, given_in
from lms.imports.bulk.wording import FATES, FIELDS, KINDS, explain_sheet, text_of_said
from lms.imports.models import Import, ImportState
from lms.limits import takes_upload_of
from lms.organizations.models import Network
from lms.organizations.queries import network_by_public_id
from lms.paging import asked_page
from lms.security import Permission, require
from lms.security.guards import the_actor

blueprint = Blueprint("bulk_imports", __name__, url_prefix="/<lang>")
#: Seconds after which a browser looks again.
AGAIN = "3"
FORM_FIELDS = 64 * 1024


@blueprint.get("/networks/<public_id>/imports")
@require(Permission.MANAGE_NETWORK, target=network_by_public_id)
def imports(network: Network) -> str:
    """Where a sheet is uploaded, and those that were."""
    return _uploading(network, SheetForm())


def _uploading(network: Network, form: SheetForm) -> str:
    page = {"network": network, "form": form, "history": imports_of(network), "fields": FIELDS}
    return render_template("imports/bulk.html", **page, largest=MAX_BYTES, most_rows=MOST_ROWS)


@blueprint.post("/networks/<public_id>/imports")
@takes_upload_of(MAX_BYTES + FORM_FIELDS)
@require(Permission.MANAGE_NETWORK, target=network_by_public_id)
def upload(network: Network) -> ResponseReturnValue:
    """Read its headers; nothing is written of it yet."""
    form = SheetForm()
    if not form.validate():
        return _uploading(network, form), 422
    data, name = form.file.data.read(), form.file.data.filename or ""
    try:
        table = read_table(data, name, max_rows=MOST_ROWS)
    except TableError as error:
        form.refuse(DomainError(explain_sheet(error), "file"))
        return _uploading(network, form), 422
    return _to(_brought(network, table, data, name))


def _brought(network: Network, table: Table, data: bytes, name: str) -> Import:
    key = services.keep_file(BytesIO(data))
    with write_unit():
        at = {"language": language(), "actor_id": the_actor().person_id, "now": now()}
        return services.bring(network, table, key, name, **at)  # type: ignore[arg-type]


def _to(record: Import, **query: str) -> ResponseReturnValue:
    return redirect(url_for("bulk_imports.one", public_id=record.public_id, **query), 303)


@blueprint.get("/imports/<public_id>")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def one(record: Import) -> ResponseReturnValue:
    """What is next: its columns, how far the worker is, the fates of its rows, or what came of it."""
    if record.state == ImportState.MATCHING:
        return _matching(record, ColumnsForm.of(record), record.columns, record.kinds)
    if record.state == ImportState.READY:
        return _preview(record)
    page = {"record": record, "outcome": outcome_of(record), "kept": kept_of(record), "fates": FATES}
    response = make_response(render_template("imports/bulk_state.html", **page))
    if record.is_at_work:
        response.headers["Refresh"] = AGAIN
    return response


@blueprint.get("/imports/<public_id>/columns")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def columns(record: Import) -> ResponseReturnValue:
    """Say anew what its columns hold."""
    if record.state not in (ImportState.MATCHING, ImportState.READY) or not record.head:
        return _to(record)
    return _matching(record, ColumnsForm.of(record), record.columns, record.kinds)


def _matching(record: Import, form: ColumnsForm, chosen: object, kinds: object, status: int = 200) -> tuple[str, int]:
    if not record.head:
        return render_template("imports/bulk_gone.html", record=record), status
    page = {"record": record, "form": form, "chosen": chosen, "asked": kinds}
    return render_template("imports/bulk_columns.html", **page, fields=FIELDS, names=FIELD_NAMES, kinds=KINDS), status


@blueprint.post("/imports/<public_id>/columns")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def match(record: Import) -> ResponseReturnValue:
    """Have it looked at with these columns."""
    form = ColumnsForm()
    if not form.validate() or not record.head:
        abort(400)
    asked = form.asked(len(record.head[0]))
    try:
        with write_unit():
            services.look(record, asked)
    except DomainError as error:
        form.refuse(DomainError(error.message))
        return _matching(record, form, asked.columns, asked.kinds, 422)
    return _to(record)


def _preview(record: Import) -> ResponseReturnValue:
    wanted = request.args.get("show", "")
    first = next((fate for fate in Fate if record.counts.get(fate)), Fate.NEW)
    fate = Fate(wanted) if wanted in {each.value for each in Fate} else first
    return render_template(
        "imports/bulk_preview.html",
        record=record,
        fate=fate,
        fates=FATES,
        page=page_of(record, fate, asked_page()),
        headers=headers_of(record),
        person_of=lambda cells: given_in(cells, record.columns).get("person", ""),
        at={field: index for index, field in enumerate(record.columns) if field},
        said=text_of_said,
        good=sum(record.counts.get(each, 0) for each in (Fate.NEW, Fate.CHANGED)),
    )


@blueprint.post("/imports/<public_id>/choices")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def choose(record: Import) -> ResponseReturnValue:
    """Who the doubtful people of a page are."""
    given = {name.removeprefix("who-"): value for name, value in request.form.items() if name.startswith("who-")}
    chosen = {key[:16]: value[:16] for key, value in given.items()}
    return _done(record, lambda: services.choose(record, chosen, doubtful_are_new="others" in request.form))


@blueprint.post("/imports/<public_id>/begin")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def begin(record: Import) -> ResponseReturnValue:
    """Have the good rows written."""
    return _done(record, lambda: services.begin(record))


@blueprint.post("/imports/<public_id>/undo")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def undo(record: Import) -> ResponseReturnValue:
    """Have it taken back."""
    return _done(record, lambda: services.undo(record))


def _done(record: Import, deed: object) -> ResponseReturnValue:
    assert callable(deed)
    try:
        with write_unit():
            deed()
    except DomainError as error:
        flash(error.message, "due")
    return _to(record)


@blueprint.post("/imports/<public_id>/drop")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def drop(record: Import) -> ResponseReturnValue:
    """Forget the sheet."""
    address = url_for("bulk_imports.imports", public_id=record.network.public_id)
    try:
        with write_unit():
            services.drop(record, now())
    except DomainError as error:
        flash(error.message, "due")
        return _to(record)
    return redirect(address, 303)


@blueprint.get("/imports/<public_id>/errors.csv")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def errors_csv(record: Import) -> ResponseReturnValue:
    """The rows that are not taken, as CSV."""
    return _file(record, as_csv, "text/csv; charset=utf-8", "csv")


@blueprint.get("/imports/<public_id>/errors.xlsx")
@require(Permission.MANAGE_NETWORK, target=import_by_public_id)
def errors_xlsx(record: Import) -> ResponseReturnValue:
    """The rows that are not taken, as a workbook."""
    return _file(record, as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")


def _file(record: Import, body: object, kind: str, extension: str) -> ResponseReturnValue:
    assert callable(body)
    if not headers_of(record):
        abort(404)
    headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="errors.{extension}"'}
    return body(record), 200, {**headers, "Cache-Control": "no-store"}
