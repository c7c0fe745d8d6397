"""The media folder of a tree: files by their names, of which a tree knows the hashes only."""

import hashlib
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.media import MOST_BYTES, TYPES, Facts, MediaError, kind_of_name, sniff
from lms.media.images import tells
from lms.storage import Storage

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}\.[a-z0-9]{2,4}")
Keep = Callable[[Path], str]
"""What reading does with a file: gives its SHA-256, and may store it."""
Fetch = Callable[[str], AbstractContextManager[Path]]
"""Where writing finds the file of a key, for as long as a block lasts."""


class MediaRefused(DomainError):
    """A file that does not belong in a tree: `where` names it."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(reason)
        self.where = where


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keeper(storage: Storage) -> Keep:
    """Reading that stores what it meets, once."""

    def keep(path: Path) -> str:
        key = hash_of(path)
        if not storage.renew(key):
            with path.open("rb") as file:
                storage.put(file)
        return key

    return keep


def read_media(folder: Path, keep: Keep) -> dict[str, str]:
    """Name to hash of the files in a media folder. Raises MediaRefused for what cannot be shown, or tells too much."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in files:
        fault = _fault(path)
        if fault:
            raise MediaRefused(f"media/{path.name[:80]}", fault)
    return {path.name: keep(path) for path in files}


def _fault(path: Path) -> str | None:
    if not NAME.fullmatch(path.name) or not kind_of_name(path.name) or not path.is_file():
        return _("this is no name of a picture, recording or captions")
    with path.open("rb") as file:
        found = sniff(file.read(32))
    if found is None or TYPES.get(found) != TYPES[path.suffix[1:]]:
        return _("the file is not what its name says")
    if path.stat().st_size > MOST_BYTES[kind_of_name(path.name)]:
        return _("the file is too large")
    return _picture_fault(path) if kind_of_name(path.name) == "image" else None


def _picture_fault(path: Path) -> str | None:
    try:
        telling = tells(path)
    except MediaError as error:
        return error.message
    return _("the picture tells where, when or with what it was taken: save it without") if telling else None


def write_media(media: Mapping[str, str], folder: Path, fetch: Fetch) -> None:
    """Write the files into a media folder. Raises FileNotFoundError for one that is not stored."""
    for name, key in media.items():
        folder.mkdir(parents=True, exist_ok=True)
        with fetch(key) as path:
            shutil.copyfile(path, folder / name)


def file_names(data: Mapping[str, Any]) -> list[str]:
    """The names of the files that a block's `data` refers to."""
    found = []
    for slot in ("files", "captions"):
        names = data.get(slot)
        found += [name for name in names.values() if isinstance(name, str)] if isinstance(names, dict) else []
    return found


def facts_by_name(media: Mapping[str, str]) -> dict[str, Facts]:
    """What the names of files say of them: enough to check that a block has a file of its kind."""
    kinds = ((name, key, TYPES.get(name.rpartition(".")[2], ("", ""))) for name, key in media.items())
    return {name: Facts(key, kind, content_type, 0) for name, key, (kind, content_type) in kinds}
