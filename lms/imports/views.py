"""Inviting a list of people: pasted or uploaded, looked at row by row, then made into links at once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.clock import now, today
from lms.db import text_of, write_unit
from lms.documents.qr import qr_svg
from lms.documents.tables import TableError, read_table
from lms.errors import DomainError
from lms.formats import LANGUAGES, Formatter
from lms.i18n import gettext as _
from lms.i18n import ngettext, reading_as
from lms.imports.entries import MOST_ENTRIES, Entry, entries_of_table, entries_of_text, from_json, to_json
from lms.imports.forms import ChosenForm, ListFileForm, PastedListForm
from lms.imports.plan import Planned, plan
from lms.imports.queries import StaffList, known_in, named, staff_list
from lms.imports.services import invite_all, revoke_unused
from lms.imports.sheets import as_csv, as_xlsx, state_of
from lms.imports.wording import STATES, explain
from lms.limits import takes_upload
from lms.messages.services import mail_is_on
from lms.organizations.links import join_link, mail_invitation
from lms.organizations.models import Invitation, Organization
from lms.organizations.queries import organization_by_public_id
from lms.paging import asked_page, asked_search, part_of
from lms.security import Permission, require
from lms.security.guards import the_actor

blueprint = Blueprint("imports", __name__, url_prefix="/<lang>", template_folder="templates")
SLIPS = 60


@blueprint.get("/organizations/<public_id>/staff-list")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def staff_list_new(organization: Organization) -> str:
    """Where a list is pasted or uploaded."""
    return _page(organization, PastedListForm(), ListFileForm())


@blueprint.post("/organizations/<public_id>/staff-list")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
@takes_upload
def staff_list_read(organization: Organization) -> ResponseReturnValue:
    """Show what a list would do, or do what was chosen of it."""
    if "rows" in request.form:
        return _make(organization, ChosenForm())
    if "file-language" in request.form:
        return _read_file(organization, ListFileForm())
    return _read_text(organization, PastedListForm())


def _page(organization: Organization, pasted: PastedListForm, upload: ListFileForm) -> str:
    return render_template("imports/staff_list.html", organization=organization, pasted=pasted, upload=upload)


def _read_text(organization: Organization, form: PastedListForm) -> ResponseReturnValue:
    if form.validate():
        entries = entries_of_text(form.text.data or "")
        if 0 < len(entries) <= MOST_ENTRIES:
            return _preview(organization, entries, form.language.data)
        form.refuse(DomainError(_("A list has 1 to 500 lines."), "text"))
    return _page(organization, form, ListFileForm(formdata=None)), 422


def _read_file(organization: Organization, form: ListFileForm) -> ResponseReturnValue:
    if form.validate():
        try:
            table = read_table(form.file.data.read(), form.file.data.filename or "", max_rows=MOST_ENTRIES)
        except TableError as error:
            form.refuse(DomainError(explain(error), "file"))
        else:
            entries = entries_of_table(table.headers, zip(table.lines, table.rows, strict=True))
            return _preview(organization, entries[:MOST_ENTRIES], form.language.data)
    return _page(organization, PastedListForm(formdata=None), form), 422


def _preview(organization: Organization, entries: list[Entry], language: str, error: str = "") -> ResponseReturnValue:
    planned = plan(entries, known_in(organization, today(), now()))
    page = render_template(
        "imports/preview.html",
        organization=organization,
        planned=planned,
        possible=sum(each.possible for each in planned),
        rows=to_json(entries),
        language=language,
        states=STATES,
        mail_is_on=mail_is_on(),
        error=error,
    )
    return page, 422 if error else 200


def _make(organization: Organization, form: ChosenForm) -> ResponseReturnValue:
    """Make the links; what the page carried is judged again as if it came for the first time."""
    try:
        entries = from_json(form.rows.data or "")
    except (ValueError, RecursionError):
        entries = []
    language = form.language.data
    if not form.validate() or not entries or language not in LANGUAGES:
        return redirect(url_for("imports.staff_list_new", public_id=organization.public_id), 303)
    chosen = _chosen(plan(entries, known_in(organization, today(), now())))
    if not chosen:
        return _preview(organization, entries, language, _("Choose somebody to invite."))
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


@blueprint.get("/organizations/<public_id>/staff-lists/<batch>")
@require(Permission.MANAGE_ORGANIZATION, target=staff_list)
def staff_list_made(found: StaffList) -> str:
    """The links of a list, and who joined by them."""
    search = asked_search()
    page = part_of(named(found.invitations, search), asked_page())
    rows = [(each, state_of(each, now())) for each in page.items]
    still_open = sum(each.is_open(now()) for each in found.invitations)
    return render_template("imports/list.html", found=found, page=page, rows=rows, search=search, still_open=still_open)


@blueprint.get("/organizations/<public_id>/staff-lists/<batch>/slips")
@require(Permission.MANAGE_ORGANIZATION, target=staff_list)
def staff_list_slips(found: StaffList) -> str:
    """A slip of paper for each who has not joined yet: name, link, QR code."""
    waiting = [each for each in found.invitations if each.is_open(now())]
    first = min(max(request.args.get("from", 0, int), 0), len(waiting))
    slips = [_slip(each) for each in waiting[first : first + SLIPS]]
    following = first + SLIPS if first + SLIPS < len(waiting) else None
    return render_template("imports/slips.html", found=found, slips=slips, following=following)


def _slip(invitation: Invitation) -> dict[str, object]:
    """What stands on a slip, in the language of whom it is for."""
    link = join_link(invitation.code)
    with reading_as(Formatter(invitation.language)):
        return {
            "invitation": invitation,
            "link": link,
            "qr": Markup(qr_svg(link, _("Opens the page for joining"))),  # noqa: S704 - our own drawing
            "words": _("Scan this code or open this address to join:"),
            "organization": text_of(invitation.organization.names, invitation.language),
        }


@blueprint.get("/organizations/<public_id>/staff-lists/<batch>/csv")
@require(Permission.MANAGE_ORGANIZATION, target=staff_list)
def staff_list_csv(found: StaffList) -> ResponseReturnValue:
    """The links as CSV."""
    return _file(as_csv(found.invitations, now()), "text/csv; charset=utf-8", "csv")


@blueprint.get("/organizations/<public_id>/staff-lists/<batch>/xlsx")
@require(Permission.MANAGE_ORGANIZATION, target=staff_list)
def staff_list_xlsx(found: StaffList) -> ResponseReturnValue:
    """The links as a workbook."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(as_xlsx(found.invitations, now()), kind, "xlsx")


def _file(body: bytes, kind: str, extension: str) -> ResponseReturnValue:
    headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="invitations.{extension}"'}
    return body, 200, {**headers, "Cache-Control": "no-store"}


@blueprint.post("/organizations/<public_id>/staff-lists/<batch>/revoke")
@require(Permission.MANAGE_ORGANIZATION, target=staff_list)
def staff_list_revoke(found: StaffList) -> ResponseReturnValue:
    """Close the links by which nobody joined."""
    with write_unit():
        closed = revoke_unused(found.invitations, actor_id=the_actor().person_id, now=now())
    flash(ngettext("%(num)s link is closed.", "%(num)s links are closed.", closed))
    address = url_for("imports.staff_list_made", public_id=found.organization.public_id, batch=found.batch)
    return redirect(address, 303)
