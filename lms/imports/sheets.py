"""The links of a list as a file."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

from lms.documents.sheets import Cell, Column, write_csv, write_xlsx
from lms.i18n import LANGUAGE_NAMES, language, pgettext
from lms.i18n import gettext as _
from lms.organizations.links import join_link
from lms.organizations.models import Invitation


def as_csv(invitations: Iterable[Invitation], at: datetime) -> bytes:
    """A CSV file."""
    return "".join(write_csv(_columns(), _rows(invitations, at))).encode()


def as_xlsx(invitations: Iterable[Invitation], at: datetime) -> bytes:
    """A workbook."""
    target = BytesIO()
    write_xlsx(target, _columns(), _rows(invitations, at), language=language(), sheet_name=_("Invitations"))
    return target.getvalue()


def _columns() -> Sequence[Column]:
    return (
        Column("name", _("Name"), width=28),
        Column("email", _("Mail address"), width=28),
        Column("language", _("Language"), width=10),
        Column("link", _("Link"), width=44),
        Column("until", _("Open until"), "date", 12),
        Column("state", _("State")),
    )


def _rows(invitations: Iterable[Invitation], at: datetime) -> Iterable[Sequence[Cell]]:
    for each in invitations:
        shown = join_link(each.code) if each.is_open(at) else None
        language_name = LANGUAGE_NAMES[each.language]
        yield each.name, each.email, language_name, shown, each.expires_at.date(), state_of(each, at)


def state_of(invitation: Invitation, at: datetime) -> str:
    """Where a link for one person stands, in a word."""
    if invitation.is_used_up:
        return pgettext("of a link", "Joined")
    if invitation.revoked_at is not None:
        return pgettext("of a link", "Closed")
    return pgettext("of a link", "Expired") if invitation.expires_at <= at else pgettext("of a link", "Waiting")
