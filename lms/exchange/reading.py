"""Reading a file of questions, whatever it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from lms.exchange.aiken import is_aiken, read_aiken
from lms.exchange.archives import files_in, is_zip
from lms.exchange.decoding import read_bytes
from lms.exchange.drafting import Draft
from lms.exchange.errors import UnreadableFile
from lms.exchange.gift_reader import read_gift
from lms.exchange.items import Reading
from lms.exchange.moodle_reader import read_moodle
from lms.exchange.qti_names import camel
from lms.exchange.qti_reader import is_qti, read_qti
from lms.exchange.settling import settle
from lms.exchange.sheet import read_sheet
from lms.exchange.xml_reading import local, read_xml

FORMATS = ("gift", "moodle", "aiken", "qti", "sheet")
_BY_NAME = {".gift": "gift", ".csv": "sheet", ".xlsx": "sheet", ".ods": "sheet", ".tsv": "sheet"}
_WORKBOOKS = ("xl/workbook.xml", "content.xml")
_INSIDE = (".xml", ".txt", ".gift", ".csv", ".xlsx")
_QTI_PARTS = {"manifest", "assessmentTest", "assessmentSection", "responseProcessing", "assessmentStimulus"}


@dataclass(frozen=True)
class Wanted:
    """How a file is to be read: its format ("" has it found out), the language of texts that do not say theirs (""
    likewise), and which it is to be where letters do not tell."""

    format: str = ""
    language: str = ""
    preferred: str = "fa"


@dataclass
class _Found:
    format: str
    drafts: list[Draft]
    encoding: str = ""


def read_questions(data: bytes, filename: str, wanted: Wanted = Wanted()) -> Reading:
    """The questions of a file. Raises UnreadableFile."""
    found = _found(data, filename, wanted.format)
    items = settle(found.drafts, wanted.language, wanted.preferred)
    return Reading(found.format, items, found.encoding)


def _found(data: bytes, filename: str, named: str) -> _Found:
    if is_zip(data) and not _is_workbook(data):
        return _archive(data, named)
    named = named or _format_of(data, filename)
    if named == "sheet":
        return _Found("sheet", read_sheet(data, filename))
    if named in ("moodle", "qti"):
        root, encoding = read_xml(data)
        return _xml(root, encoding, named)
    text, encoding = read_bytes(data)
    return _Found(named, _TEXTS[named](text), encoding)


_TEXTS: dict[str, Callable[[str], list[Draft]]] = {"gift": read_gift, "aiken": read_aiken}


def _format_of(data: bytes, filename: str) -> str:
    """The format of a file that is no archive, by its content first: names are often wrong."""
    if is_zip(data):
        return "sheet"
    text, _encoding = read_bytes(data)
    start = text.lstrip()
    if start.startswith("<"):
        return _xml_format(data)
    known = _BY_NAME.get(PurePosixPath(filename.lower()).suffix)
    if known:
        return known
    if is_aiken(text) and "{" not in text:
        return "aiken"
    if "{" in text and "}" in text:
        return "gift"
    raise UnreadableFile("unknown_format")


def _xml_format(data: bytes) -> str:
    root, _encoding = read_xml(data)
    if local(root) == "quiz":
        return "moodle"
    if is_qti(root) or camel(root) in _QTI_PARTS:
        return "qti"
    raise UnreadableFile("old_qti" if local(root) == "questestinterop" else "unknown_format")


def _xml(root: Element, encoding: str, named: str) -> _Found:
    drafts = read_moodle(root) if named == "moodle" else read_qti(root)
    return _Found(named, drafts, encoding)


def _is_workbook(data: bytes) -> bool:
    """Workbooks are archives too: told by what their list of files names."""
    return any(name.encode() in data for name in _WORKBOOKS) and b"imsmanifest.xml" not in data


def _archive(data: bytes, named: str) -> _Found:
    """Everything in an archive that holds questions; other files in it are passed over."""
    found: list[_Found] = []
    for name, content in sorted(files_in(data), key=lambda file: _in_order(file[0])):
        if PurePosixPath(name.lower()).suffix not in _INSIDE or not content.strip():
            continue
        try:
            found.append(_found(content, name, named))
        except UnreadableFile as error:
            if error.code == "old_qti":
                raise
    drafts = [draft for part in found for draft in part.drafts]
    if not drafts:
        raise UnreadableFile("nothing_inside")
    first = next(part for part in found if part.drafts)
    return _Found(first.format, drafts, first.encoding)


def _in_order(name: str) -> list[tuple[int, str]]:
    """Files as people count them: item2 before item10."""
    return [(int(part or 0), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]
