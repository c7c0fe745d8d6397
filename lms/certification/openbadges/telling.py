"""What a checked credential says, for people: texts of others, cut to a bearable length."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from lms.certification.openbadges.checking.shapes import id_of, many, moment_of
from lms.text import clean_line

LONGEST = 200


@dataclass(frozen=True)
class Told:
    """Its facts, as its issuer wrote them."""

    title: str
    holders: tuple[str, ...]
    issuer: str
    issuer_id: str
    begins: date
    ends: date | None


def told(document: Mapping[str, Any] | None, zone: str = "UTC") -> Told | None:
    """The facts of a credential whose signature fits; its days are those of a time zone."""
    if document is None:
        return None
    subject, issuer = document["credentialSubject"], document["issuer"]
    ends = _day(document["validUntil"], zone) if "validUntil" in document else None
    name = issuer.get("name") if isinstance(issuer, dict) else None
    return Told(
        title=_line(subject["achievement"]["name"]),
        holders=tuple(dict.fromkeys(filter(None, map(_line, _names(subject))))),
        issuer=_line(name),
        issuer_id=_line(id_of(issuer)),
        begins=_day(document["validFrom"], zone),
        ends=ends,
    )


def _day(moment: str, zone: str) -> date:
    return moment_of(moment).astimezone(ZoneInfo(zone)).date()


def _names(subject: Mapping[str, Any]) -> list[Any]:
    entries = [each for each in many(subject.get("identifier")) if isinstance(each, dict)]
    names = [each.get("identityHash") for each in entries if each.get("identityType") == "name"]
    return [subject.get("name"), *(each for each in names)][:6]


def _line(value: Any) -> str:
    return clean_line(value)[:LONGEST] if isinstance(value, str) else ""
