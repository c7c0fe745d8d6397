"""What people whom a sheet brought are told when they come in."""

from lms.accounts.notices import NoticeKind, register_notice_kind
from lms.addresses import url_for
from lms.i18n import lazy_gettext as _
from lms.imports.bulk.queries import told_of
from lms.imports.bulk.writing import NOTICE
from lms.imports.models import Import


def _own_data(_about: Import) -> str:
    return url_for("accounts.my_data")


def register_notices() -> None:
    """Add the kind."""
    label, action = _("You were entered from a list"), _("What is kept about you")
    template = "imports/notice_imported.html"
    register_notice_kind(NoticeKind(NOTICE, label, action, template, load=told_of, address=_own_data))
