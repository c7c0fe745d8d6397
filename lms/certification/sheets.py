"""What a certificate says, in the reader's language: the same words for its page and its PDF."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from lms.accounts.models import Person
from lms.certification.evidence.queries import public_summaries
from lms.certification.models import Award, Credential, CycleState, Visibility
from lms.certification.queries.schemes import titles_of
from lms.certification.queries.signatories import signatory_on
from lms.certification.requirement_types import requirement_type
from lms.db import Texts, language_of, text_of
from lms.formats import Formatter
from lms.i18n import gettext as _
from lms.i18n import language, ngettext, pgettext, reader
from lms.organizations.models import Organization
from lms.training.models import PartKind

_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_PERSIAN_COUNTRIES = frozenset({"IR", "AF"})


class Status(StrEnum):
    """What the page says first."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    ERASED = "erased"
    WITHDRAWN = "withdrawn"


#: What says no more than that it was issued.
NAMELESS = frozenset({Status.ERASED, Status.WITHDRAWN})


def status_of(credential: Credential, day: date) -> Status:
    """Whether a credential still counts on a day; its last day is still valid."""
    if credential.person is not None and credential.person.erased_at is not None:
        return Status.ERASED
    if credential.withdrawn_at is not None:
        return Status.WITHDRAWN
    if credential.revoked_at is not None:
        return Status.REVOKED
    if credential.expires_on is not None and credential.expires_on < day:
        return Status.EXPIRED
    return Status.SUSPENDED if is_suspended(credential) else Status.VALID


def is_suspended(credential: Credential) -> bool:
    """Whether a network lets it not count for the time being."""
    return credential.award is not None and credential.award.cycle.state == CycleState.SUSPENDED


@dataclass(frozen=True)
class Written:
    """A text and the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True)
class DayWritten:
    """A day as a certificate gives it: in the reader's calendar, and in another one on a second line."""

    day: date
    text: str
    second: Written | None


@dataclass(frozen=True)
class Signed:
    """Who stands for a certificate: somebody of the network, or what issued it."""

    label: str
    name: Written
    role: Written | None


@dataclass(frozen=True)
class Sheet:
    """A certificate's words, from its head to its foot."""

    code: str
    status: Status
    issuer: Written
    certifies: str
    holder: Written
    #: The holder's name in another script.
    holder_other: Written | None
    has_met: str
    award: str
    issued: DayWritten
    expires: DayWritten | None
    revoked: DayWritten | None
    reason: str
    of_organization: bool
    #: What it was awarded for, sentence by sentence.
    grounds: tuple[str, ...]
    #: Only on the whole sheet.
    signed: Signed | None = None


def whole_sheet(credential: Credential, day: date) -> Sheet:
    """`sheet_of` with who signs it, as of the day of issue."""
    return replace(sheet_of(credential, day), signed=_signed(credential))


def _signed(credential: Credential) -> Signed | None:
    if credential.network_id is None:
        issuer = Written(_("The learning platform Tashbik"), language())
        how = Written(_("automatically, once everything was completed"), language())
        return Signed(pgettext("certificate", "Issued by"), issuer, how)
    found = signatory_on(credential.network_id, credential.issued_on)
    if found is None or not found.names:
        return None
    role = _written(found.roles) if found.roles else None
    return Signed(pgettext("certificate", "For the network"), _written(found.names), role)


def sheet_of(credential: Credential, day: date) -> Sheet:
    """What the certificate says on a day. Not for the credential of somebody who erased her data."""
    home = home_language(credential)
    holder, other = _holder(credential, home)
    revoked = credential.revoked_at.date() if credential.revoked_at else None
    return Sheet(
        code=credential.code,
        status=status_of(credential, day),
        issuer=issuer_of(credential),
        certifies=_("certifies that"),
        holder=holder,
        holder_other=other,
        has_met=has_met(credential),
        award=award_title(credential),
        issued=_day_written(credential.issued_on, home),
        expires=_day_written(credential.expires_on, home) if credential.expires_on else None,
        revoked=_day_written(revoked, home) if revoked else None,
        reason=credential.revocation_reason,
        of_organization=credential.organization_id is not None,
        grounds=grounds_of(credential),
    )


def _written(texts: Texts) -> Written:
    return Written(text_of(texts, language()), language_of(texts, language()))


def issuer_of(credential: Credential) -> Written:
    """In whose name it is given."""
    return _written(credential.network.names) if credential.network else Written(_("Tashbik"), language())


def home_language(credential: Credential) -> str:
    """The language of the holder's own script and calendar."""
    organization, person = credential.organization, credential.person
    if organization is not None:
        own = "fa" if organization.country in _PERSIAN_COUNTRIES else "ar"
        return own if own in organization.names else next(iter(organization.names), "en")
    return _script_language(person) if person else "en"


def _script_language(person: Person) -> str:
    if not _ARABIC_SCRIPT.search(person.display_name):
        return "en"
    return person.language if person.language in ("fa", "ar") else "fa"


def _holder(credential: Credential, home: str) -> tuple[Written, Written | None]:
    if credential.organization is not None:
        return _names_of_organization(credential.organization, home)
    assert credential.person is not None
    person = credential.person
    own = Written(person.display_name, home)
    if credential.visibility == Visibility.PSEUDONYM or not person.name_latin or home == "en":
        return own, None
    latin = Written(person.name_latin, "en")
    return (latin, own) if language() == "en" else (own, latin)


def _names_of_organization(organization: Organization, home: str) -> tuple[Written, Written | None]:
    first = _written(organization.names)
    second = home if home != first.language else "en"
    other = organization.names.get(second)
    return first, Written(other, second) if other and second != first.language else None


def has_met(credential: Credential) -> str:
    """What its holder did, before the name of it."""
    if credential.award_id is not None:
        return _("has met the requirements of")
    return _("has completed the whole kit") if credential.kit_id is not None else _("has completed the module")


def award_title(credential: Credential) -> str:
    """What a certificate is for: a level of a network's scheme, a module, or a kit."""
    if credential.award is not None:
        return _level_title(credential.award)
    if credential.kit is not None:
        return text_of(credential.kit.titles, language())
    assert credential.completion is not None
    return text_of(credential.completion.version.manifest["title"], language())


def _level_title(award: Award) -> str:
    rule = award.rule
    return _(
        "%(scheme)s, level %(number)s: %(level)s",
        scheme=text_of(rule["scheme"]["names"], language()),
        number=reader().number(rule["level"]["position"]),
        level=text_of(rule["level"]["names"], language()),
    )


def _day_written(day: date, home: str) -> DayWritten:
    """A day, with its name in the other calendar that the reader or the holder counts by."""
    second = reader().other_calendar(day)
    if second is not None:
        return DayWritten(day, reader().day(day), Written(second, language()))
    holders = Written(Formatter("fa").day(day), "fa") if home == "fa" and not reader().is_jalali else None
    return DayWritten(day, reader().day(day), holders)


def grounds_of(credential: Credential) -> tuple[str, ...]:
    """What the certificate was awarded for: an organization's rule as copied, or what a person did."""
    if credential.award is not None:
        rules = [(each["type"], each["parameters"]) for each in credential.award.rule["requirements"]]
        titles = titles_of(rules)
        return tuple(requirement_type(key).describe(parameters, titles) for key, parameters in rules)
    if credential.kit is not None:
        return tuple(text_of(each.module.titles, language()) for each in credential.kit.modules)
    assert credential.completion is not None
    return _work_of(credential.completion.version.manifest)


def practice_of(credential: Credential) -> Sequence[Texts]:
    """What everybody may read of the evidence that the network accepted of an organization; nothing once revoked."""
    if credential.organization_id is None or credential.network_id is None or credential.revoked_at is not None:
        return ()
    return public_summaries(credential.organization_id, credential.network_id)


def _work_of(manifest: dict[str, Any]) -> tuple[str, ...]:
    required = [each for each in manifest["sequence"] if each.get("required", True)]
    lessons = sum(PartKind.LESSON in each for each in required)
    quizzes = len(required) - lessons
    read = ngettext("%(num)s lesson read", "%(num)s lessons read", lessons)
    passed = ngettext("%(num)s quiz passed", "%(num)s quizzes passed", quizzes)
    return tuple(text for count, text in ((lessons, read), (quizzes, passed)) if count)
