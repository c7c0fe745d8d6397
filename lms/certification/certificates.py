"""The certificate as PDF."""

from datetime import UTC, datetime, time

from lms.certification.sheets import DayWritten, Sheet, Signed, Status
from lms.documents.certificate import Certificate, certificate_pdf
from lms.i18n import gettext as _
from lms.i18n import language, pgettext


def pdf_of(sheet: Sheet, base_url: str) -> bytes:
    """The sheet on paper, in the reader's language; `base_url` is where its code is looked up.

    The same sheet always gives the same bytes.
    """
    return certificate_pdf(certificate_of(sheet, base_url), datetime.combine(sheet.issued.day, time(), UTC))


def certificate_of(sheet: Sheet, base_url: str) -> Certificate:
    """What is printed of a sheet, in the reader's language."""
    return Certificate(
        language=language(),
        title=_("Certificate %(code)s", code=sheet.code),
        network_name=sheet.issuer.text,
        certifies=sheet.certifies,
        holder=sheet.holder.text,
        holder_other=(sheet.holder_other.text, sheet.holder_other.language) if sheet.holder_other else None,
        has_met=sheet.has_met,
        award=sheet.award,
        facts=_facts(sheet),
        code=sheet.code,
        verify_url=f"{base_url}/v/{sheet.code}",
        void_label=_void_label(sheet),
    )


def _facts(sheet: Sheet) -> tuple[tuple[str, str, str | None], ...]:
    issued = _fact(issued_label(sheet), sheet.issued)
    expires = [_fact(_("Valid until"), sheet.expires)] if sheet.expires else []
    signed = [_signature(sheet.signed)] if sheet.signed else []
    return (issued, *expires, (_("Certificate"), sheet.code, None), *signed)


def _signature(signed: Signed) -> tuple[str, str, str | None]:
    return signed.label, signed.name.text, signed.role.text if signed.role else None


def issued_label(sheet: Sheet) -> str:
    """What the day of issue is called: organizations are awarded, people complete."""
    return pgettext("day", "Awarded") if sheet.of_organization else pgettext("day", "Completed")


def _fact(label: str, day: DayWritten) -> tuple[str, str, str | None]:
    return label, day.text, day.second.text if day.second else None


def _void_label(sheet: Sheet) -> str | None:
    if sheet.status is Status.REVOKED and sheet.revoked:
        return _("Revoked on %(day)s", day=sheet.revoked.text)
    if sheet.status is Status.EXPIRED and sheet.expires:
        return _("Expired on %(day)s", day=sheet.expires.text)
    if sheet.status is Status.SUSPENDED:
        return pgettext("certificate", "Suspended")
    return None
