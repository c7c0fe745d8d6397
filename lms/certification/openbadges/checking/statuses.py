"""Revocation as status lists tell it (Bitstring Status List 1.0)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lms.certification.openbadges.bitstrings import decoded_list, is_set
from lms.certification.openbadges.checking.dids import Documents, Wanted
from lms.certification.openbadges.checking.reading import Handed
from lms.certification.openbadges.checking.shapes import check_contexts, check_frame, id_of, many, moment_of
from lms.certification.openbadges.checking.signatures import check_signature
from lms.certification.openbadges.refusals import Refused, Undecided
from lms.i18n import gettext as _
from lms.text import isolate_ltr

Lists = Mapping[str, Handed]
ENTRY, LIST = "BitstringStatusListEntry", "BitstringStatusList"
#: What a set bit means that ends a credential; other purposes only tell something.
ENDING = frozenset({"revocation", "suspension"})
MOST_ENTRIES, LONGEST_INDEX = 4, 12


def entries_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Where its status is told, as far as that can end it. Raises Refused or Undecided for what cannot be read."""
    found = many(document.get("credentialStatus"))
    shaped = all(isinstance(each, dict) and isinstance(each.get("statusPurpose", ""), str) for each in found)
    if len(found) > MOST_ENTRIES or not shaped:
        raise Refused(_("Where its revocation is told is not written as it should be."))
    if any(ENTRY not in many(each.get("type")) for each in found):
        raise Undecided(_("Its revocation is told in a way that this program cannot read."))
    return [each for each in found if each.get("statusPurpose") in ENDING]


def status_as_of(document: dict[str, Any], lists: Lists, documents: Documents, now: datetime) -> datetime | None:
    """The time of the oldest list that was asked, or None where its issuer keeps none.

    Raises Refused where it is revoked, and Undecided (Wanted) where that cannot be known.
    """
    times = [_check_entry(each, document, lists, documents, now) for each in entries_of(document)]
    return min(times) if times else None


def _check_entry(
    entry: dict[str, Any], document: dict[str, Any], lists: Lists, documents: Documents, now: datetime
) -> datetime:
    address, place = _named(entry)
    if address not in lists:
        raise Wanted(
            _(
                "Whether it was revoked is unknown: the list at %(address)s is not at hand.",
                address=isolate_ltr(address[:200]),
            ),
            address,
        )
    handed = lists[address]
    subject = _subject(handed, document, documents, now)
    purpose = entry["statusPurpose"]
    if purpose not in many(subject.get("statusPurpose")):
        raise Undecided(_("The list of revocations is about something else."))
    try:
        ended = is_set(decoded_list(str(subject.get("encodedList"))), place)
    except ValueError as error:
        raise Undecided(_("The list of revocations cannot be read.")) from error
    as_of = moment_of(handed.document["validFrom"])
    if ended:
        raise Refused(_("Its issuer has revoked it.") if purpose == "revocation" else _("Its issuer has suspended it."))
    return as_of


def _named(entry: dict[str, Any]) -> tuple[str, int]:
    address, place = entry.get("statusListCredential"), str(entry.get("statusListIndex"))
    if not isinstance(address, str) or len(place) > LONGEST_INDEX or not place.isascii() or not place.isdecimal():
        raise Refused(_("Where its revocation is told is not written as it should be."))
    if str(entry.get("statusSize", 1)) != "1":
        raise Undecided(_("Its revocation is told in a way that this program cannot read."))
    return address, int(place)


def _subject(handed: Handed, document: dict[str, Any], documents: Documents, now: datetime) -> dict[str, Any]:
    """What a list says, once it is known to be its issuer's and of today."""
    listing = handed.document
    try:
        check_contexts(listing)
        check_frame(listing)
        check_signature(handed, documents, now)
    except Refused as error:
        raise Undecided(_("The list of revocations cannot be trusted: %(reason)s", reason=error.message)) from error
    if id_of(listing["issuer"]) != id_of(document["issuer"]):
        raise Undecided(_("The list of revocations is from another issuer."))
    if moment_of(listing["validFrom"]) > now or ("validUntil" in listing and moment_of(listing["validUntil"]) < now):
        raise Undecided(_("The list of revocations is out of date."))
    subject: dict[str, Any] = listing["credentialSubject"]
    if LIST not in many(subject.get("type")):
        raise Undecided(_("The list of revocations cannot be read."))
    return subject
