"""Packages: a module's canonical tree as one zip file, to carry it to another installation."""

import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.training.tree import ContentError, Tree, read_tree, write_tree
from lms.training.tree_media import NAME, Fetch, Keep, hash_of

PIECE = 1024 * 1024
MOST_FILES = 2000
MOST_BYTES = 50 * 1024 * 1024
MOST_MEDIA_BYTES = 500 * 1024 * 1024
_ID = "[a-z][a-z0-9-]{0,79}"
#: The only names that a package may hold: nothing else is looked at, let alone written.
_NAME = re.compile(
    rf"(?P<module>{_ID})/(?:module\.json|quizzes/{_ID}\.json|lessons/{_ID}/(?:lesson\.json|(?:{'|'.join(LANGUAGES)})\.md)"
    rf"|media/(?P<media>{NAME.pattern}))"
)
#: What Python raises for zips that are cut, damaged, encrypted or lie about themselves.
UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error, zlib.error)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_package(tree: Tree, file: BinaryIO, fetch: Fetch | None = None) -> None:
    """Write a checked tree as a package, with its media files where `fetch` finds them: the same content gives the
    same bytes."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        root = Path(folder)
        write_tree(tree, root / tree.key, fetch)
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(root).as_posix(), _LONG_AGO)
            packed = path.parent.name != "media"
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            with path.open("rb") as source, package.open(entry, "w") as target:
                shutil.copyfileobj(source, target)


def read_package(file: BinaryIO, keep: Keep = hash_of) -> Tree:
    """The tree in a package, not yet checked; `keep` gets its media files, and may store them.

    Raises ContentError for anything that is no package of one module.
    """
    with tempfile.TemporaryDirectory() as folder:
        return read_tree(unpack_package(file, Path(folder)), keep)


def unpack_package(file: BinaryIO, folder: Path) -> Path:
    """Write the files of a package below `folder`, not yet checked; gives the module's folder in it.

    Raises ContentError for anything that is no package of one module.
    """
    try:
        with zipfile.ZipFile(file) as package:
            return _unpacked(package, folder)
    except UNREADABLE as error:
        raise ContentError("zip", _("this is not a package (%(reason)s)", reason=str(error)[:80])) from error


def _unpacked(package: zipfile.ZipFile, folder: Path) -> Path:
    """Write the entries into `folder`, each within what is left of the limit; gives the module's folder."""
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise ContentError("zip", _("the package has too many files"))
    modules = set()
    room = {False: MOST_BYTES, True: MOST_MEDIA_BYTES}
    for entry in entries:
        named = _NAME.fullmatch(entry.filename)
        if named is None or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ContentError(entry.filename[:80], _("this file does not belong in a package"))
        modules.add(named["module"])
        is_media = named["media"] is not None
        room[is_media] -= _unpack(package, entry, folder, room[is_media])
    if len(modules) != 1:
        raise ContentError("zip", _("a package holds one module"))
    return folder / modules.pop()


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, room: int) -> int:
    # What the zip says of its sizes is not believed: reading stops where the room ends.
    target = folder / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with package.open(entry) as source, target.open("wb") as file:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > room:
                raise ContentError("zip", _("the package is too large"))
            file.write(piece)
    return size
