"""Certification's messages in the product."""

from lms.accounts.notices import NoticeKind, register_notice_kind
from lms.addresses import url_for
from lms.i18n import lazy_gettext as _
from lms.messages.kinds import Audience
from lms.notifications.queries import Told, told
from lms.notifications.services import NOTICE


def board_of(about: Told) -> tuple[str, dict[str, str]]:
    """The page that shows what a message is about: its endpoint and values."""
    if about.wording.kind.audience is Audience.MANAGERS:
        return "boards.organization", {"public_id": about.organization.public_id}
    return "boards.network_organization", {
        "network": about.network.public_id,
        "organization": about.organization.public_id,
    }


def _address(about: Told) -> str:
    endpoint, values = board_of(about)
    return url_for(endpoint, **values)


def register_notices() -> None:
    """Add the kind: one for all messages, so that a page of notices costs one statement."""
    template = "notifications/notice.html"
    kind = NoticeKind(NOTICE, _("Certification"), _("Open the board"), template, load=told, address=_address)
    register_notice_kind(kind)
