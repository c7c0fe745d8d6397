"""The certificate of an organization or a person as PDF, one page, in one of the three languages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.documents.qr import qr_image
from lms.documents.typesetting import typeset
from lms.formats import LANGUAGES
from lms.text import isolate


@dataclass(frozen=True)
class Certificate:
    """What is printed, every text already in its language.

    The page reads from the top: network_name, certifies ("certifies that"), holder, holder_other (the same
    name in another script, with the language of that script), has_met ("has met the requirements of"), award.
    Each fact is a label, a value and a second line or None; the one whose value is the code is set as a code.
    A void_label ("Revoked on ...", "Expired on ...") stands at the head in place of the ornament.
    """

    language: str
    title: str
    network_name: str
    certifies: str
    holder: str
    has_met: str
    award: str
    facts: tuple[tuple[str, str, str | None], ...]
    code: str
    verify_url: str
    holder_other: tuple[str, str] | None = None
    void_label: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a language that has no face."""
        for language in (self.language, *(self.holder_other or ())[1:]):
            if language not in LANGUAGES:
                raise ValueError(f"no certificate face for language {language!r}")


def certificate_pdf(data: Certificate, issued_at: datetime) -> bytes:
    """The PDF, tagged, with its fonts inside; the same data and time always give the same bytes.

    issued_at is an aware time and becomes the creation date.
    """
    return typeset("certificate.typ", _inputs(data), issued_at)


def _inputs(data: Certificate) -> dict[str, Any]:
    other = data.holder_other
    return {
        "language": data.language,
        "title": data.title,
        "author": data.network_name,
        "network_name": isolate(data.network_name),
        "certifies": data.certifies,
        "holder": isolate(data.holder),
        "holder_other": other and {"name": isolate(other[0]), "language": other[1]},
        "has_met": data.has_met,
        "award": isolate(data.award),
        "facts": [_fact(data, *fact) for fact in data.facts],
        "void_label": data.void_label,
        "verify_url": data.verify_url,
        "qr": qr_image(data.verify_url),
    }


def _fact(data: Certificate, label: str, value: str, second: str | None) -> dict[str, Any]:
    return {
        "label": label,
        "value": isolate(value),
        "second": second and isolate(second),
        "is_code": value == data.code,
    }
