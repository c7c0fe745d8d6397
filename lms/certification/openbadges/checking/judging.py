"""The verdict on a credential: good, refused, or unknown, with the reason in the reader's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from lms.certification.openbadges.checking.dids import Documents, PublicKey, Wanted
from lms.certification.openbadges.checking.reading import Handed, read_credential
from lms.certification.openbadges.checking.shapes import check_shape, moment_of
from lms.certification.openbadges.checking.signatures import check_signature
from lms.certification.openbadges.checking.statuses import Lists, status_as_of
from lms.certification.openbadges.refusals import Refused, Undecided
from lms.i18n import gettext as _
from lms.i18n import reader

#: Clocks differ.
DRIFT = timedelta(minutes=5)


class Outcome(StrEnum):
    """What came of a check."""

    GOOD = "good"
    REFUSED = "refused"
    UNKNOWN = "unknown"


#: Asks this installation's own register about a credential that a key signed. None: the key is not ours.
#: Raises Refused where the register says otherwise.
Register = Callable[[dict[str, Any], PublicKey], str | None]


def no_register(_document: dict[str, Any], _key: PublicKey) -> str | None:
    """Where there is none to ask."""
    return None


@dataclass(frozen=True)
class Means:
    """What is at hand for checking; nothing else is looked for."""

    #: Documents of issuers, by their did.
    documents: Documents = field(default_factory=dict)
    #: Lists of revocations, by their address.
    lists: Lists = field(default_factory=dict)
    register: Register = no_register


@dataclass(frozen=True)
class Verdict:
    """What came of it. The document is there where its signature fits, whatever else is wrong."""

    outcome: Outcome
    reason: str
    document: Mapping[str, Any] | None = None
    #: Where to find what was missing.
    wanted: str | None = None


@dataclass
class _Case:
    handed: Handed | None = None
    is_signed: bool = False


def judge(data: bytes, means: Means, now: datetime) -> Verdict:
    """Check a credential from the bytes that somebody handed in."""
    case = _Case()
    try:
        reason = _examine(case, data, means, now)
    except Undecided as error:
        wanted = error.address if isinstance(error, Wanted) else None
        return Verdict(Outcome.UNKNOWN, error.message, _document(case), wanted)
    except Refused as error:
        return Verdict(Outcome.REFUSED, error.message, _document(case))
    return Verdict(Outcome.GOOD, reason, _document(case))


def _document(case: _Case) -> dict[str, Any] | None:
    return case.handed.document if case.handed and case.is_signed else None


def _examine(case: _Case, data: bytes, means: Means, now: datetime) -> str:
    case.handed = handed = read_credential(data)
    document = handed.document
    check_shape(document)
    key = check_signature(handed, means.documents, now)
    case.is_signed = True
    asked = means.register(document, key)
    _check_dates(document, now)
    if asked is not None:
        return asked
    as_of = status_as_of(document, means.lists, means.documents, now)
    if as_of is None:
        return _("The signature fits, and it is valid today. Its issuer keeps no list of revocations.")
    when = reader().datetime(as_of)
    return _("The signature fits, and it is valid today. It was not revoked as of the list of %(when)s.", when=when)


def _check_dates(document: dict[str, Any], now: datetime) -> None:
    begins = moment_of(document["validFrom"])
    if begins > now + DRIFT:
        raise Refused(_("It is not valid before %(day)s.", day=reader().day(begins.date())))
    ends = moment_of(document["validUntil"]) if "validUntil" in document else None
    if ends is not None and ends < now:
        raise Refused(_("It has expired; its last valid day was %(day)s.", day=reader().day(ends.date())))
