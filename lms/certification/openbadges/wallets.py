"""All certificates of a person in one file."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lms.certification.certificates import pdf_of
from lms.certification.models import Credential
from lms.certification.openbadges.signed import CannotSign, json_of, jwt_of, png_of
from lms.certification.sheets import sheet_of, whole_sheet
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.text import isolate_ltr


def wallet_of(held: Sequence[tuple[Credential, date]], base_url: str) -> bytes:
    """A ZIP with each certificate on paper, as JSON, as token and as badge, and a text that tells what they are."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", "\ufeff" + _readme(held, base_url))
        for credential, day in held:
            archive.writestr(f"{credential.code}.pdf", pdf_of(whole_sheet(credential, day), base_url))
            _add_signed(archive, credential)
    return target.getvalue()


def _add_signed(archive: ZipFile, credential: Credential) -> None:
    try:
        archive.writestr(f"{credential.code}.json", json_of(credential))
        archive.writestr(f"{credential.code}.jwt", jwt_of(credential))
        archive.writestr(f"{credential.code}.png", png_of(credential))
    except CannotSign:  # the key of this installation cannot be opened: paper is better than nothing
        return


def _readme(held: Sequence[tuple[Credential, date]], base_url: str) -> str:
    lines = [_("My certificates"), ""]
    for credential, day in held:
        lines += [sheet_of(credential, day).award, reader().day(credential.issued_on)]
        lines += [f"{credential.code}  {base_url}/v/{credential.code}", ""]
    lines += [
        _("Each certificate is here in several forms, all named by its code:"),
        _("PDF: to print, or to send to people."),
        _("JSON and JWT: signed credentials (Open Badges 3.0) for digital wallets and for programs that check them."),
        _("PNG: the badge as a picture, with the signed credential inside. Send it as a file, so that it stays whole."),
        "",
        _("Whoever gets one of them can check it at %(address)s.", address=isolate_ltr(f"{base_url}/verify")),
        _("The files hold your name. Pass on only those that you want to be seen."),
    ]
    return "\r\n".join(lines) + "\r\n"
