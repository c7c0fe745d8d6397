"""Lists of revocations and documents of issuers that somebody gave, or that `lms credentials verify --fetch` kept."""

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from lms.certification.openbadges.checking import Means
from lms.certification.openbadges.checking.dids import address_of
from lms.certification.openbadges.checking.judging import Register, no_register
from lms.certification.openbadges.checking.reading import Handed, read_credential
from lms.certification.openbadges.checking.shapes import id_of
from lms.certification.openbadges.refusals import Refused
from lms.certification.openbadges.strict_json import read_object
from lms.i18n import gettext as _

#: A list of a million credentials, half of them revoked, has less.
MOST_LIST = 1024 * 1024
FOLDER = "other-issuers"


def list_in(data: bytes) -> tuple[str, Handed]:
    """A list of revocations, and the address that it goes by. Raises Refused for what is none."""
    handed = read_credential(data, MOST_LIST)
    address = handed.document.get("id")
    if not isinstance(address, str):
        raise Refused(_("The list of revocations does not say at which address it stands."))
    return address, handed


def document_in(data: bytes) -> tuple[str, dict[str, Any]]:
    """The document of an issuer, and whose it is. Raises Refused for what is none."""
    try:
        document = read_object(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(_("It is not JSON, or not as everybody reads it.")) from error
    if not id_of(document).startswith("did:"):
        raise Refused(_("The document does not say whose keys it lists."))
    return id_of(document), document


class Kept:
    """What was fetched from other issuers, in a folder of the data; read without asking anybody."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def keep(self, address: str, content: bytes) -> None:
        """Instead of what was kept of that address before."""
        self._folder.mkdir(exist_ok=True)
        path = self._path(address)
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_bytes(json.dumps({"address": address}).encode() + b"\n" + content)
        partial.replace(path)

    def get(self, address: str) -> bytes | None:
        """What is kept of an address."""
        path = self._path(address)
        return path.read_bytes().partition(b"\n")[2] if path.exists() else None

    def _path(self, address: str) -> Path:
        return self._folder / f"{sha256(address.encode()).hexdigest()}.json"


class KeptLists(dict[str, Handed]):
    """Lists that were given, and behind them those that are kept."""

    def __init__(self, given: Iterable[tuple[str, Handed]], kept: Kept) -> None:
        super().__init__(given)
        self._kept = kept

    def __contains__(self, address: object) -> bool:
        return super().__contains__(address) or self._kept.get(str(address)) is not None

    def __missing__(self, address: str) -> Handed:
        handed = read_credential(self._kept.get(address) or b"", MOST_LIST)
        if handed.document.get("id") != address:
            raise Refused(_("The list of revocations is about something else."))
        return handed


class KeptDocuments(dict[str, dict[str, Any]]):
    """Documents of issuers that were given, and behind them those that are kept."""

    def __init__(self, given: Iterable[tuple[str, dict[str, Any]]], kept: Kept) -> None:
        super().__init__(given)
        self._kept = kept

    def __contains__(self, did: object) -> bool:
        name = str(did)
        return super().__contains__(did) or (
            name.startswith("did:web:") and self._kept.get(address_of(name)) is not None
        )

    def __missing__(self, did: str) -> dict[str, Any]:
        found, document = document_in(self._kept.get(address_of(did)) or b"")
        if found != did:
            raise Refused(_("The document of its issuer is about another."))
        return document


def means(
    data: Path,
    lists: Iterable[bytes] = (),
    documents: Iterable[bytes] = (),
    register: Register = no_register,
    own: Iterable[tuple[str, dict[str, Any]]] = (),
) -> Means:
    """All that is at hand: what was given, what is kept below the data folder, and the register."""
    kept = Kept(data)
    return Means(
        KeptDocuments([*own, *map(document_in, documents)], kept), KeptLists(map(list_in, lists), kept), register
    )
