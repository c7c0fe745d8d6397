"""What every credential has to be, before anything in it is believed."""

from datetime import UTC, datetime
from typing import Any

from lms.certification.openbadges.refusals import Refused
from lms.certification.openbadges.shipped import CREDENTIALS, addresses, is_open_badges, unknown_context
from lms.i18n import gettext as _

MOST_CONTEXTS = 8
#: Years that every calendar and time zone can count.
EARLIEST, LATEST = 1900, 9000
BADGES = frozenset({"OpenBadgeCredential", "AchievementCredential"})


def many(value: Any) -> list[Any]:
    """One or several, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def id_of(value: Any) -> str:
    """The id of something that is named by it, or described with it; empty where it has none."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def check_contexts(document: dict[str, Any]) -> list[str]:
    """The contexts, in their order. Raises Refused for one that is not shipped, or hidden deeper inside."""
    contexts = many(document.get("@context"))
    if not contexts or contexts[0] != CREDENTIALS:
        raise Refused(_("It is not a verifiable credential of version 2, which Open Badges 3.0 is made of."))
    if len(contexts) > MOST_CONTEXTS or not all(isinstance(each, str) for each in contexts):
        raise Refused(_("It defines words of its own, which nobody else can check."))
    for each in contexts:
        if each not in addresses():
            raise Refused(unknown_context(each[:200]))
    _refuse_inner({name: value for name, value in document.items() if name != "@context"})
    return contexts


def _refuse_inner(value: Any) -> None:
    """Below its head a document has no contexts, keywords, or nodes without a name that are spoken of twice."""
    if isinstance(value, list):
        for each in value:
            _refuse_inner(each)
    if isinstance(value, dict):
        if any(name.startswith("@") and name != "@value" and name != "@language" for name in value) or id_of(
            value
        ).startswith("_:"):
            raise Refused(_("It defines words of its own, which nobody else can check."))
        for each in value.values():
            _refuse_inner(each)


def check_shape(document: dict[str, Any]) -> None:
    """Raises Refused for what is not an Open Badges 3.0 credential of an achievement."""
    contexts, types = check_contexts(document), many(document.get("type"))
    if "VerifiableCredential" not in types or not BADGES & {each for each in types if isinstance(each, str)}:
        raise Refused(_("It is a credential, but not of Open Badges 3.0."))
    if not any(is_open_badges(each) for each in contexts):
        raise Refused(_("It is a credential, but not of Open Badges 3.0."))
    check_frame(document)
    subject = document["credentialSubject"]
    achievement = subject.get("achievement")
    if not isinstance(achievement, dict) or not id_of(achievement) or not isinstance(achievement.get("name"), str):
        raise Refused(_("It does not say what it was given for."))


def check_frame(document: dict[str, Any]) -> None:
    """Raises Refused where issuer, subject or dates are missing or not of their form."""
    if not id_of(document.get("issuer")):
        raise Refused(_("It does not say who issued it."))
    if not isinstance(document.get("credentialSubject"), dict):
        raise Refused(_("It does not say whom it is about."))
    if "validFrom" not in document:
        raise Refused(_("It does not say from when it is valid."))
    for name in ("validFrom", "validUntil"):
        if name in document:
            moment_of(document[name])


def moment_of(value: Any) -> datetime:
    """A time as credentials write it. Raises Refused."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not EARLIEST <= moment.year <= LATEST:
        raise Refused(_("One of its dates is not written as it should be."))
    return moment.astimezone(UTC)
