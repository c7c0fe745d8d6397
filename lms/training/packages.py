"""Packages: a module's canonical tree as one zip file, to carry it to another installation."""

import re
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.training.tree import ContentError, Tree, read_tree, write_tree

MOST_FILES = 2000
MOST_BYTES = 50 * 1024 * 1024
_ID = "[a-z][a-z0-9-]{0,79}"
#: The only names that a package may hold: nothing else is looked at, let alone written.
_NAME = re.compile(
    rf"(?P<module>{_ID})/(?:module\.json|quizzes/{_ID}\.json|lessons/{_ID}/(?:lesson\.json|(?:{'|'.join(LANGUAGES)})\.md))"
)
#: What Python raises for zips that are cut, damaged, encrypted or lie about themselves.
UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error, zlib.error)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_package(tree: Tree, file: BinaryIO) -> None:
    """Write a checked tree as a package: the same content gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        root = Path(folder)
        write_tree(tree, root / tree.key)
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(root).as_posix(), _LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            package.writestr(entry, path.read_bytes())


def read_package(file: BinaryIO) -> Tree:
    """The tree in a package, not yet checked. Raises ContentError for anything that is no package of one module."""
    try:
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(file) as package:
            return read_tree(_unpacked(package, Path(folder)))
    except UNREADABLE as error:
        raise ContentError("zip", _("this is not a package (%(reason)s)", reason=str(error)[:80])) from error


def _unpacked(package: zipfile.ZipFile, folder: Path) -> Path:
    """Write the entries into `folder`, each within what is left of the limit; gives the module's folder."""
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise ContentError("zip", _("the package has too many files"))
    modules = set()
    room = MOST_BYTES
    for entry in entries:
        named = _NAME.fullmatch(entry.filename)
        if named is None or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ContentError(entry.filename[:80], _("this file does not belong in a package"))
        modules.add(named["module"])
        room -= _unpack(package, entry, folder, room)
    if len(modules) != 1:
        raise ContentError("zip", _("a package holds one module"))
    return folder / modules.pop()


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, room: int) -> int:
    # What the zip says of its sizes is not believed: reading stops where the room ends.
    with package.open(entry) as source:
        content = source.read(room + 1)
    if len(content) > room:
        raise ContentError("zip", _("the package is too large"))
    target = folder / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return len(content)
