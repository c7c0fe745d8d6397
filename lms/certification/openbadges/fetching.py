"""Fetching what other issuers publish: only for a command that was told to. No page of ours imports this."""

from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lms.certification.openbadges.given import MOST_LIST
from lms.certification.openbadges.refusals import Undecided
from lms.i18n import gettext as _
from lms.text import isolate_ltr

SECONDS = 15
HERE = frozenset({"127.0.0.1", "localhost"})
KINDS = "application/vc+ld+json, application/did+json, application/json, text/plain, */*;q=0.1"


class _Elsewhere(HTTPRedirectHandler):
    """Leads only where an address may lead."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Raises Undecided."""
        _refuse_unsafe(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(address: str) -> bytes:
    """What stands at an address. Raises Undecided where it cannot be had."""
    _refuse_unsafe(address)
    request = Request(address, headers={"Accept": KINDS, "User-Agent": "tashbik"})  # noqa: S310 (https, see above)
    try:
        with build_opener(_Elsewhere).open(request, timeout=SECONDS) as answer:
            content: bytes = answer.read(MOST_LIST + 1)
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise Undecided(_("%(address)s could not be fetched.", address=isolate_ltr(address))) from error
    if len(content) > MOST_LIST:
        raise Undecided(_("What stands at %(address)s is too large.", address=isolate_ltr(address)))
    return content


def _refuse_unsafe(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
        raise Undecided(_("%(address)s is not fetched: only https is.", address=isolate_ltr(address)))
