"""What this installation's own register says of a credential that one of its keys signed."""

from typing import Any
from uuid import UUID

from lms.certification.models import Credential
from lms.certification.openbadges.checking.dids import PublicKey
from lms.certification.openbadges.queries import credential_by_uid, key_by_public
from lms.certification.openbadges.refusals import Refused, Undecided
from lms.certification.sheets import is_suspended
from lms.i18n import gettext as _
from lms.i18n import reader

NAME = "urn:uuid:"


def named_credential(document: Any) -> Credential | None:
    """The certificate that a credential is of, if it is one of ours."""
    name = str(document.get("id"))
    try:
        return credential_by_uid(UUID(name.removeprefix(NAME))) if name.startswith(NAME) else None
    except ValueError:
        return None


def ask_register(document: dict[str, Any], key: PublicKey) -> str | None:
    """None where the key is not ours. Raises Refused where the certificate was taken back, is suspended or not in the
    register."""
    try:
        ours = key_by_public(key.multikey)
    except Undecided:
        return None
    if ours is None:
        return None
    credential = named_credential(document)
    if credential is None:
        raise Refused(_("It is signed with a key of this installation, but its register has no such certificate."))
    if credential.person is not None and credential.person.erased_at is not None:
        raise Refused(_("Its holder has erased their data; it no longer counts."))
    if credential.withdrawn_at is not None:
        raise Refused(_("Its holder has taken it back; it no longer counts."))
    if credential.revoked_at is not None:
        day = reader().day(credential.revoked_at.date())
        raise Refused(_("It was revoked on %(day)s: %(reason)s", day=day, reason=credential.revocation_reason))
    if is_suspended(credential):
        raise Refused(_("Its issuer has suspended it."))
    return _("The signature fits, it is valid today, and it stands in the register of this installation.")
