"""The links of a list: who joined by them, slips to print, files."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.clock import now
from lms.db import text_of, write_unit
from lms.documents.qr import qr_svg
from lms.formats import Formatter
from lms.i18n import gettext as _
from lms.i18n import ngettext, reading_as
from lms.imports.queries import StaffList, named, staff_list
from lms.imports.services import revoke_unused
from lms.imports.sheets import as_csv, as_xlsx, state_of
from lms.imports.views.blueprint import blueprint, file_to_keep
from lms.organizations.links import join_link
from lms.organizations.models import Invitation
from lms.paging import asked_page, asked_search, part_of
from lms.security import Permission, require
from lms.security.guards import the_actor

SLIPS = 60


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
    return file_to_keep(as_csv(found.invitations, now()), "invitations.csv")


@blueprint.get("/organizations/<public_id>/staff-lists/<batch>/xlsx")
@require(Permission.MANAGE_ORGANIZATION, target=staff_list)
def staff_list_xlsx(found: StaffList) -> ResponseReturnValue:
    """The links as a workbook."""
    return file_to_keep(as_xlsx(found.invitations, now()), "invitations.xlsx")


@blueprint.post("/organizations/<public_id>/staff-lists/<batch>/revoke")
@require(Permission.MANAGE_ORGANIZATION, target=staff_list)
def staff_list_revoke(found: StaffList) -> ResponseReturnValue:
    """Close the links by which nobody joined."""
    with write_unit():
        closed = revoke_unused(found.invitations, actor_id=the_actor().person_id, now=now())
    flash(ngettext("%(num)s link is closed.", "%(num)s links are closed.", closed))
    address = url_for("imports.staff_list_made", public_id=found.organization.public_id, batch=found.batch)
    return redirect(address, 303)
