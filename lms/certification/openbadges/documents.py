"""What a credential says: a certificate as Open Badges 3.0 has it, before it is signed.

Texts of Open Badges are plain, one language each: its schema refuses language maps. So the name and the description
are in the language of the holder, and the criteria, which are Markdown, in all three, one after another.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from lms.certification.models import Credential, Visibility
from lms.certification.openbadges.proofs import written
from lms.certification.openbadges.purposes import Purpose
from lms.certification.openbadges.shipped import CREDENTIALS, OPEN_BADGES
from lms.certification.openbadges.strict_json import compact_json
from lms.certification.sheets import award_title, grounds_of, has_met, home_language, issuer_of, practice_of
from lms.db import text_of
from lms.formats import LANGUAGES, Formatter
from lms.i18n import LANGUAGE_NAMES, reading_as

OURS = uuid5(NAMESPACE_URL, "tashbik open badges")
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def content_of(credential: Credential, *, issuer: str, list_address: str, base_url: str) -> dict[str, Any]:
    """The unsigned credential; the same certificate always gives the same content. Not for whoever was erased."""
    home = home_language(credential)
    with reading_as(Formatter(home)):
        profile = {"id": issuer, "type": ["Profile"], "name": _plain(issuer_of(credential).text), "url": base_url}
        name = _plain(award_title(credential))
        subject = {**_holder(credential, home), "achievement": _achievement(credential, home, name)}
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": credential.uid.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": profile,
        **_dates(credential),
        "credentialSubject": subject,
        **_evidence(credential, home, base_url),
        "credentialStatus": _status(credential, list_address),
    }


def _status(credential: Credential, list_address: str) -> dict[str, str] | list[dict[str, str]]:
    """Where it is told that it no longer counts; of an organization's also that it does not for the time being."""
    revocation = _entry(credential, list_address, Purpose.REVOCATION)
    if credential.organization_id is None:
        return revocation
    return [revocation, _entry(credential, list_address, Purpose.SUSPENSION)]


def _entry(credential: Credential, list_address: str, purpose: Purpose) -> dict[str, str]:
    status_list = list_address.format(purpose=purpose.path, number=credential.status_list)
    return {
        "id": f"{status_list}#{credential.status_index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose.value,
        "statusListIndex": str(credential.status_index),
        "statusListCredential": status_list,
    }


def _plain(text: str) -> str:
    return text.translate(_ISOLATES)


def _dates(credential: Credential) -> dict[str, str]:
    """From the first moment of its first day to the last of its last.

    The day of a person's is that of one of her networks, which is not kept. Where it had begun before that of UTC,
    hers is valid from the hour in which it was issued, which its uid tells: nobody shall read a date to come.
    """
    zone = ZoneInfo(credential.network.time_zone) if credential.network and credential.organization_id else UTC
    begins = datetime.combine(credential.issued_on, time(), zone)
    if credential.organization_id is None:
        made = datetime.fromtimestamp((credential.uid.int >> 80) / 1000, UTC)
        begins = min(begins, made.replace(minute=0, second=0, microsecond=0))
    dates = {"validFrom": written(begins)}
    if credential.expires_on is not None:
        following = datetime.combine(credential.expires_on + timedelta(days=1), time(), zone)
        dates["validUntil"] = written(following.astimezone(UTC) - timedelta(seconds=1))
    return dates


def _holder(credential: Credential, home: str) -> dict[str, Any]:
    """An organization is a profile; a person has her name, or the name that she goes by."""
    if credential.organization is not None:
        texts = credential.organization.names
        first = text_of(texts, home)
        others = [text for text in dict.fromkeys(texts[each] for each in LANGUAGES if texts.get(each)) if text != first]
        subject = {"id": credential.organization.uid.urn, "type": ["AchievementSubject", "Profile"], "name": first}
        return {**subject, **_identified(others)}
    assert credential.person is not None
    person = credential.person
    latin = person.name_latin if credential.visibility != Visibility.PSEUDONYM else ""
    names = [name for name in dict.fromkeys((person.display_name, latin)) if name]
    # Another id for each credential: nobody can tell that two are of the same person, unless they say so.
    return {"id": uuid5(credential.uid, "holder").urn, "type": ["AchievementSubject"], **_identified(names)}


def _identified(names: list[str]) -> dict[str, Any]:
    entry = {"type": "IdentityObject", "hashed": False, "identityType": "name"}
    return {"identifier": [{**entry, "identityHash": name} for name in names]} if names else {}


def _achievement(credential: Credential, home: str, name: str) -> dict[str, Any]:
    return {
        "id": _achievement_id(credential).urn,
        "type": ["Achievement"],
        "achievementType": "Certification" if credential.award_id else "CertificateOfCompletion",
        "inLanguage": home,
        "name": name,
        "description": "\n".join(_sentences(credential)),
        "criteria": {"narrative": "\n\n".join(_criteria(credential, code) for code in LANGUAGES)},
    }


def _sentences(credential: Credential) -> list[str]:
    return [_plain(f"{has_met(credential)}: {award_title(credential)}"), *map(_plain, grounds_of(credential))]


def _criteria(credential: Credential, language: str) -> str:
    with reading_as(Formatter(language)):
        head, *grounds = _sentences(credential)
    items = "\n".join(f"- {each}" for each in grounds)
    return f"**{LANGUAGE_NAMES[language]}**\n\n{head}\n\n{items}".strip()


def _achievement_id(credential: Credential) -> UUID:
    """The same for all that achieved the same: a module's version, a kit, or a network's rule as it stood."""
    if credential.award is not None:
        network = credential.network.uid if credential.network else ""
        return uuid5(OURS, f"rule {network} {compact_json(_sorted(credential.award.rule))}")
    if credential.kit is not None:
        return uuid5(OURS, f"kit {credential.kit.uid}")
    assert credential.completion is not None
    return uuid5(OURS, f"module {credential.completion.version.uid}")


def _sorted(value: Any) -> Any:
    """In one order: PostgreSQL keeps none."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, list) else value


def _evidence(credential: Credential, home: str, base_url: str) -> dict[str, Any]:
    """The public page of an organization's certificate, and what of its practice is public. A person's page is known to
    whom she gives the code."""
    if credential.organization_id is None:
        return {}
    with reading_as(Formatter(home)):
        narrative = "\n".join(map(_plain, grounds_of(credential)))
    page = {"id": f"{base_url}/v/{credential.code}", "type": ["Evidence"], "name": credential.code}
    told = {"narrative": narrative} if narrative else {}
    return {"evidence": [{**page, **told}, *_practice(credential, home)]}


def _practice(credential: Credential, home: str) -> list[dict[str, Any]]:
    """What everybody may read of accepted evidence; the evidence itself has no public address."""
    texts = dict.fromkeys(text_of(each, home) for each in practice_of(credential))
    return [{"type": ["Evidence"], "narrative": text} for text in texts]
