"""Addresses of invitations, as they stand on paper and in mails; they never change."""

from flask import current_app

from lms.db import text_of
from lms.messages.mails import send_invitation
from lms.organizations.models import Invitation
from lms.setup import settings_of


def join_link(code: str) -> str:
    """The whole address of an invitation."""
    return f"{settings_of(current_app).base_url}/i/{code}"


def mail_invitation(invitation: Invitation) -> bool:
    """Ask, in the present write unit, for a mail to whom the invitation is for; tells whether it will be sent."""
    if not invitation.email:
        return False
    return send_invitation(
        invitation.email,
        invitation.language,
        organization=text_of(invitation.organization.names, invitation.language),
        link=join_link(invitation.code),
        name=invitation.name,
        until=invitation.expires_at.date(),
        about=f"invitation {invitation.public_id}",
    )
