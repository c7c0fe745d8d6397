"""A list is pasted or uploaded, and looked at row by row; nothing is kept of it but what its columns hold."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.clock import now, today
from lms.db import write_unit
from lms.documents.tables import TableError, read_table
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import ngettext
from lms.imports.brought import listed_table, listed_text
from lms.imports.field_names import FIELD_NAMES
from lms.imports.forms import ChosenForm, ListFileForm, PastedListForm
from lms.imports.left_out import as_csv, as_xlsx
from lms.imports.listed import (
    MOST_CARRIED,
    MOST_ENTRIES,
    Listed,
    from_json,
    to_json,
)
from lms.imports.matchings import remember, remembered
from lms.imports.plan import Planned, State, plan
from lms.imports.queries import known_in
from lms.imports.services import invite_all
from lms.imports.titles import left_out_of, samples_of, titles_of
from lms.imports.views.blueprint import blueprint, file_to_keep
from lms.imports.wording import STATES, explain
from lms.limits import takes_upload
from lms.messages.services import mail_is_on
from lms.organizations.links import mail_invitation
from lms.organizations.models import Organization
from lms.organizations.queries import organization_by_public_id
from lms.security import Permission, require
from lms.security.guards import the_actor

_HERE = "/organizations/<public_id>/staff-list"


@blueprint.get(_HERE)
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def staff_list_new(organization: Organization) -> str:
    """Where a list is pasted or uploaded."""
    return _page(organization, PastedListForm(), ListFileForm())


@blueprint.post(_HERE)
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
@takes_upload
def staff_list_read(organization: Organization) -> ResponseReturnValue:
    """Show what a list would do, with other columns too, or do what was chosen of it."""
    if "rows" in request.form:
        return _carried(organization, _match if "match" in request.form else _make)
    if "file-language" in request.form:
        return _read_file(organization, ListFileForm())
    return _read_text(organization, PastedListForm())


def _page(organization: Organization, pasted: PastedListForm, upload: ListFileForm) -> str:
    return render_template("imports/staff_list.html", organization=organization, pasted=pasted, upload=upload)


def _read_text(organization: Organization, form: PastedListForm) -> ResponseReturnValue:
    if form.validate():
        try:
            listed = listed_text(form.text.data or "", partial(remembered, organization))
        except TableError:
            listed = Listed(())
        if listed.body:
            return _preview(organization, listed, form.language.data, is_guessed=not listed.headed)
        form.refuse(DomainError(_("A list has 1 to 500 lines, and 50 columns at most."), "text"))
    return _page(organization, form, ListFileForm(formdata=None)), 422


def _read_file(organization: Organization, form: ListFileForm) -> ResponseReturnValue:
    if form.validate():
        try:
            listed = _table(organization, form.file.data.read(), form.file.data.filename or "")
        except TableError as error:
            form.refuse(DomainError(explain(error), "file"))
        else:
            return _preview(organization, listed, form.language.data, is_guessed=not listed.headed)
    return _page(organization, PastedListForm(formdata=None), form), 422


def _table(organization: Organization, data: bytes, name: str) -> Listed:
    """The list of a file. Raises TableError for what is none, and for more than a page can carry."""
    table = read_table(data, name, max_rows=MOST_ENTRIES)
    rows = zip(table.lines, table.rows, strict=True)
    listed = listed_table(table.headers, rows, partial(remembered, organization))
    if len(to_json(listed).encode()) > MOST_CARRIED:
        raise TableError("too_large", "more than a page can carry")
    return listed


def _preview(
    organization: Organization,
    listed: Listed,
    language: str,
    error: str = "",
    *,
    head_error: str = "",
    is_guessed: bool = False,
) -> ResponseReturnValue:
    planned = plan(listed.entries(), known_in(organization, today(), now()))
    page = render_template(
        "imports/preview.html",
        organization=organization,
        planned=planned,
        possible=sum(each.possible for each in planned),
        left_out=sum(each.state is not State.NEW for each in planned),
        rows=to_json(listed),
        language=language,
        states=STATES,
        listed=listed,
        is_guessed=is_guessed,
        titles=titles_of(listed),
        samples=samples_of(listed),
        left_out_columns=left_out_of(listed),
        names=FIELD_NAMES,
        mail_is_on=mail_is_on(),
        error=error,
        head_error=head_error,
    )
    return page, 422 if error or head_error else 200


def _carried(
    organization: Organization, deed: Callable[[Organization, Listed, str], ResponseReturnValue]
) -> ResponseReturnValue:
    """Go on with what the page carried, which may have been changed by hand; with nothing, begin anew."""
    form = ChosenForm()
    try:
        listed = from_json(form.rows.data or "")
    except (ValueError, RecursionError, TableError):
        listed = Listed(())
    language = form.language.data
    if not form.validate() or not listed.body or language not in LANGUAGES:
        return _anew(organization)
    return deed(organization, listed, language)


def _anew(organization: Organization) -> ResponseReturnValue:
    flash(_("The list could not be read once more. Paste or upload it again."))
    return redirect(url_for("imports.staff_list_new", public_id=organization.public_id), 303)


def _match(organization: Organization, listed: Listed, language: str, said: str = "") -> ResponseReturnValue:
    """Look at it again with the columns that were chosen, and remember them for the next list with these headers."""
    columns, headed = _asked_columns(listed), "headed" in request.form
    try:
        matched = listed.matched(columns, headed=headed and not listed.begins_with_a_person)
    except ValueError:
        return _anew(organization)
    except TableError as error:
        return _preview(organization, listed.matched(columns, headed=True), language, head_error=explain(error))
    if headed and listed.begins_with_a_person:
        said = _("The first row holds a mail address: it looks like a person, and is read as one.")
        return _preview(organization, matched, language, head_error=said)
    if matched.repeats:
        return _preview(organization, matched, language, _("Each column holds something of its own, or is left out."))
    if not matched.is_matched:
        return _preview(organization, matched, language, _("Choose the column of the names, or of the mail addresses."))
    if matched.headed:
        with write_unit():
            remember(organization, matched.headers, matched.columns)
    return _preview(organization, matched, language, said)


def _asked_columns(listed: Listed) -> list[str]:
    return [request.form.get(f"column-{index}", "") for index in range(len(titles_of(listed)))]


def _is_looked_at(listed: Listed) -> bool:
    """Whether the rows were shown as the selects stand: only then what was ticked is what is meant."""
    if "column-0" not in request.form:
        return True
    return _asked_columns(listed) == list(listed.columns) and ("headed" in request.form) == listed.headed


def _make(organization: Organization, listed: Listed, language: str) -> ResponseReturnValue:
    """Make the links; what the page carried is judged again as if it came for the first time."""
    if not _is_looked_at(listed):
        said = _("Other columns were chosen: look at the rows once more, then make the links.")
        return _match(organization, listed, language, said)
    chosen = _chosen(plan(listed.entries(), known_in(organization, today(), now())))
    if not chosen:
        return _preview(organization, listed, language, _("Choose somebody to invite."))
    with write_unit():
        made = invite_all(organization, chosen, language=language, actor_id=the_actor().person_id, now=now())
        mailed = sum(mail_invitation(invitation) for invitation in made)
    flash(_said(len(made), mailed))
    return redirect(url_for("imports.staff_list_made", public_id=organization.public_id, batch=made[0].batch), 303)


def _chosen(planned: list[Planned]) -> list[Planned]:
    ticked = set(request.form.getlist("chosen"))
    return [each for each in planned if each.possible and str(each.index) in ticked]


def _said(made: int, mailed: int) -> str:
    links = ngettext("%(num)s link is made.", "%(num)s links are made.", made)
    if not mailed:
        return links
    return links + " " + ngettext("%(num)s is on its way by mail.", "%(num)s are on their way by mail.", mailed)


@blueprint.post(f"{_HERE}/left-out.csv")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
@takes_upload
def staff_list_left_out_csv(organization: Organization) -> ResponseReturnValue:
    """The rows that get no link by themselves, as CSV."""
    return _left_out(organization, as_csv, "csv")


@blueprint.post(f"{_HERE}/left-out.xlsx")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
@takes_upload
def staff_list_left_out_xlsx(organization: Organization) -> ResponseReturnValue:
    """The rows that get no link by themselves, as a workbook."""
    return _left_out(organization, as_xlsx, "xlsx")


def _left_out(
    organization: Organization, layout: Callable[[Listed, Sequence[Planned]], bytes], extension: str
) -> ResponseReturnValue:
    def deed(organization: Organization, listed: Listed, _language: str) -> ResponseReturnValue:
        planned = plan(listed.entries(), known_in(organization, today(), now()))
        return file_to_keep(layout(listed, planned), f"left-out.{extension}")

    return _carried(organization, deed)
