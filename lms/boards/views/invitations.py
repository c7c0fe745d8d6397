"""Links into an organization: made, shown, printed, closed, opened again."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.boards.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.documents.qr import qr_svg
from lms.errors import DomainError
from lms.formats import Formatter
from lms.i18n import gettext as _
from lms.i18n import reading_as
from lms.messages.services import mail_is_on
from lms.organizations.join_forms import InviteForm, SharedLinkForm
from lms.organizations.links import join_link, mail_invitation
from lms.organizations.models import Invitation, InvitedAs, Network, NetworkMembership, Organization
from lms.organizations.queries import (
    invitation_by_public_id,
    invitations_of,
    link_of,
    networks_of,
    organization_by_public_id,
)
from lms.organizations.services import invite, open_shared_link, reopen, revoke
from lms.paging import asked_page
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor
from lms.security.policy import allows


@blueprint.get("/organizations/<public_id>/invitations")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_invitations(organization: Organization) -> str:
    """The links that can still be used, or those that were closed."""
    closed = request.args.get("show") == "closed"
    page = invitations_of(organization.id, now(), closed=closed, page=asked_page())
    return render_template("boards/invitations.html", organization=organization, page=page, closed=closed)


@blueprint.get("/organizations/<public_id>/invitations/new")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_invite(organization: Organization) -> str:
    """The form for a link for one person."""
    return _invite_page(InviteForm(), organization)


@blueprint.post("/organizations/<public_id>/invitations/new")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_invite_now(organization: Organization) -> ResponseReturnValue:
    """Make the link."""
    form = InviteForm()
    if not form.validate():
        return _invite_page(form, organization), 422
    return _invited(organization, form, InvitedAs.MEMBER)


@blueprint.get("/organizations/<public_id>/invitations/shared")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_share(organization: Organization) -> str:
    """The form for a link for many."""
    return render_template("boards/share.html", organization=organization, form=SharedLinkForm())


@blueprint.post("/organizations/<public_id>/invitations/shared")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_share_now(organization: Organization) -> ResponseReturnValue:
    """Make the link for many."""
    form = SharedLinkForm()
    if not form.validate():
        return render_template("boards/share.html", organization=organization, form=form), 422
    try:
        with write_unit():
            made = open_shared_link(
                organization,
                language=form.language.data,
                days=form.days.data or 0,
                most=form.most.data or 0,
                actor_id=the_actor().person_id,
                now=now(),
            )
    except DomainError as error:
        form.refuse(error)
        return render_template("boards/share.html", organization=organization, form=form), 422
    return _to_invitation(made)


@blueprint.get("/networks/<network>/organizations/<organization>/invite")
@require(Permission.MANAGE_NETWORK, target=link_of)
def network_manager_invite(link: NetworkMembership) -> str:
    """The form for a link that makes a manager."""
    return _invite_page(InviteForm(), link.organization, link)


@blueprint.post("/networks/<network>/organizations/<organization>/invite")
@require(Permission.MANAGE_NETWORK, target=link_of)
def network_manager_invite_now(link: NetworkMembership) -> ResponseReturnValue:
    """Make the link that makes a manager."""
    form = InviteForm()
    if not form.validate():
        return _invite_page(form, link.organization, link), 422
    return _invited(link.organization, form, InvitedAs.MANAGER)


def _invite_page(form: InviteForm, organization: Organization, link: NetworkMembership | None = None) -> str:
    return render_template(
        "boards/invite.html", form=form, organization=organization, link=link, mail_is_on=mail_is_on()
    )


def _invited(organization: Organization, form: InviteForm, as_: InvitedAs) -> ResponseReturnValue:
    with write_unit():
        made = invite(organization, form.invited(), as_=as_, actor_id=the_actor().person_id, now=now())
        mailed = mail_invitation(made)
    if mailed:
        flash(_("The invitation is made and on its way by mail."))
    else:
        flash(_("The link is made. Hand it on yourself."))
    return _to_invitation(made)


@blueprint.get("/invitations/<public_id>")
@require(Permission.MANAGE_INVITATION, target=invitation_by_public_id)
def organization_invitation(invitation: Invitation) -> str:
    """A link, to copy, to let scan, or to print and put on the wall."""
    link = join_link(invitation.code)
    return render_template(
        "boards/invitation.html",
        invitation=invitation,
        organization=invitation.organization,
        link=link,
        poster=_poster(invitation, link),
        open=invitation.is_open(now()),
        overseer=_overseer(invitation),
    )


def _overseer(invitation: Invitation) -> Network | None:
    """The network whose admin reads a link for a manager; None for who manages the organization."""
    organization, actor = invitation.organization, the_actor()
    if allows(actor, Permission.MANAGE_ORGANIZATION, organization.scope()):
        return None
    mine = actor.networks_as(Role.NETWORK_ADMIN)
    return next((network for network in networks_of(organization) if network.id in mine), None)


def _poster(invitation: Invitation, link: str) -> Markup:
    with reading_as(Formatter(invitation.language)):
        qr = Markup(qr_svg(link, _("Opens the page for joining")))  # noqa: S704 - our own drawing
        html = render_template(
            "boards/_poster.html", organization=invitation.organization, language=invitation.language, link=link, qr=qr
        )
    return Markup(html)  # noqa: S704 - our own template


@blueprint.post("/invitations/<public_id>/revoke")
@require(Permission.MANAGE_INVITATION, target=invitation_by_public_id)
def organization_invitation_revoke(invitation: Invitation) -> ResponseReturnValue:
    """Close a link."""
    with write_unit():
        revoke(invitation, actor_id=the_actor().person_id, now=now())
    flash(_("The link is closed. You can open it again here."))
    return _to_invitation(invitation)


@blueprint.post("/invitations/<public_id>/reopen")
@require(Permission.MANAGE_INVITATION, target=invitation_by_public_id)
def organization_invitation_reopen(invitation: Invitation) -> ResponseReturnValue:
    """Open a closed link again."""
    try:
        with write_unit():
            reopen(invitation, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(_("The link works again."))
    return _to_invitation(invitation)


def _to_invitation(invitation: Invitation) -> ResponseReturnValue:
    return redirect(url_for("boards.organization_invitation", public_id=invitation.public_id), 303)
