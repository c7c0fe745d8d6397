"""Joining an organization by a link. Opening the link uses nothing up: messengers open links too."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.beginning import begin_session
from lms.accounts.current import current_person, the_person
from lms.accounts.models import Person
from lms.accounts.passwords import checked_password, hash_password
from lms.accounts.services import create_person
from lms.accounts.verification_mail import ask_to_confirm
from lms.clock import now, today
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.locale import negotiated
from lms.messages.services import mail_is_on
from lms.organizations.join_forms import JoinForm
from lms.organizations.models import Invitation, InvitedAs, Membership
from lms.organizations.queries import invitation_by_code, membership_of, networks_of
from lms.organizations.services import join
from lms.organizations.views.blueprint import blueprint, short
from lms.security import Permission, public, require

GONE = 410


@short.get("/i/<code>")
@public
def short_link(code: str) -> ResponseReturnValue:
    """The address that stands on paper leads to the page in the visitor's language."""
    return redirect(url_for("organizations.join_page", lang=negotiated(), code=code), 302)


@blueprint.get("/join/<code>")
@public
def join_page(code: str) -> ResponseReturnValue:
    """Who invites, who will see what, and how to join."""
    invitation = _invitation(code)
    if not invitation.is_open(now()):
        return _closed(invitation)
    if invitation.invited_as == InvitedAs.NETWORK:
        return redirect(url_for("boards.network_admission", code=code), 303)
    return _page(invitation, JoinForm(display_name=invitation.name))


@blueprint.post("/join/<code>/now")
@require(Permission.USE_ACCOUNT)
def join_now(code: str) -> ResponseReturnValue:
    """Join with the account that is signed in."""
    invitation, person = _invitation(code), the_person()
    try:
        with write_unit():
            membership = join(invitation, person, now=now())
    except DomainError as error:
        flash(error.message, "bad")
        return redirect(url_for("organizations.join_page", code=code), 303)
    if membership.confirmed_at is None:
        flash(_("Your wish to join has reached the manager. You will see the organization here once it is confirmed."))
        return redirect(url_for("learning.home"), 303)
    flash(_("You have joined."))
    return redirect(url_for("boards.organization", public_id=invitation.organization.public_id), 303)


@blueprint.post("/join/<code>")
@public
def join_with_new_account(code: str) -> ResponseReturnValue:
    """Make an account and join with it."""
    invitation, form = _invitation(code), JoinForm()
    if not invitation.is_open(now()):
        return _closed(invitation)
    if not form.validate():
        return _page(invitation, form), 422
    try:
        person = _new_member(invitation, form)
    except DomainError as error:
        if not invitation.is_open(now()):
            return _closed(invitation)
        form.refuse(error)
        return _page(invitation, form), 422
    if person.email and mail_is_on():
        ask_to_confirm(person, person.email)
    return begin_session(person, url_for("accounts.welcome"))


def _new_member(invitation: Invitation, form: JoinForm) -> Person:
    names = (form.sign_in_name.data or "", form.display_name.data or "")
    hashed = hash_password(checked_password(form.password.data or "", names=names))
    with write_unit():
        # Most people live where their organization is; months and hours are right from the first page on.
        person = create_person(
            display_name=names[1],
            sign_in_name=names[0],
            password_hash=hashed,
            language=g.lang,
            country=invitation.organization.country,
            now=now(),
        )
        person.email, person.phone = form.email.data or None, form.phone.data or None
        join(invitation, person, now=now())
    return person


def _invitation(code: str) -> Invitation:
    found = invitation_by_code(code)
    if found is None:
        abort(404)
    return found


def _closed(invitation: Invitation) -> ResponseReturnValue:
    reason = "used" if invitation.is_used_up else "revoked" if invitation.revoked_at else "expired"
    page = render_template(
        "organizations/join_closed.html", invitation=invitation, reason=reason, present=_present(invitation)
    )
    return page, GONE


def _page(invitation: Invitation, form: JoinForm) -> str:
    return render_template(
        "organizations/join.html",
        invitation=invitation,
        organization=invitation.organization,
        networks=networks_of(invitation.organization),
        form=form,
        present=_present(invitation),
    )


def _present(invitation: Invitation) -> Membership | None:
    """Where whoever is signed in stands with the organization."""
    person = current_person()
    return membership_of(invitation.organization_id, person.id, today()) if person else None
