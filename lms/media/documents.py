"""Documents, told by their content: what may be handed in beside pictures and recordings."""

import zipfile
from collections.abc import Mapping
from typing import BinaryIO

DOCUMENT, SHEET, SLIDES = "document", "sheet", "slides"

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
DOCUMENTS: Mapping[str, tuple[str, str]] = {
    "pdf": (DOCUMENT, "application/pdf"),
    "docx": (DOCUMENT, f"{_OFFICE}wordprocessingml.document"),
    "odt": (DOCUMENT, f"{_OPEN}text"),
    "txt": (DOCUMENT, "text/plain"),
    "xlsx": (SHEET, f"{_OFFICE}spreadsheetml.sheet"),
    "ods": (SHEET, f"{_OPEN}spreadsheet"),
    "pptx": (SLIDES, f"{_OFFICE}presentationml.presentation"),
    "odp": (SLIDES, f"{_OPEN}presentation"),
}
"""Extension to kind and type."""
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_MACROS = ("vbaproject.bin", "basic/")
_MOST_NAMES = 10_000
_LONGEST_TYPE = 100
_LARGEST_TEXT = 2 * 1024 * 1024


def sniff_document(file: BinaryIO) -> str | None:
    """The extension of a document by its content, or None for what is none. One with macros is none either."""
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head == b"%PDF-":
        return "pdf"
    if head[:4] == b"PK\x03\x04":
        return _packed(file)
    return "txt" if _is_text(file.read(_LARGEST_TEXT + 1)) else None


def _packed(file: BinaryIO) -> str | None:
    try:
        with zipfile.ZipFile(file) as package:
            names = [name.lower() for name in package.namelist()]
            if len(names) > _MOST_NAMES or any(mark in name for name in names for mark in _MACROS):
                return None
            main = next((found for part, found in _MAIN_PARTS.items() if part in names), None)
            return main or (_open_document(package) if "mimetype" in names else None)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return None


def _open_document(package: zipfile.ZipFile) -> str | None:
    with package.open("mimetype") as part:
        said = part.read(_LONGEST_TYPE).decode("ascii", "replace").strip()
    return next((extension for extension, (_kind, found) in DOCUMENTS.items() if found == said), None)


def _is_text(content: bytes) -> bool:
    """Whether it is written words: UTF-8 without anything that no text holds."""
    if not content or len(content) > _LARGEST_TEXT:
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(ord(char) < 32 and char not in "\t\n\r\f" for char in text)
