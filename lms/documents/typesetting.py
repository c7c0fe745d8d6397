"""Setting a template of ours with typst: our faces only, data as JSON, the same bytes for the same data."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

FOLDER = Path(__file__).parent
ARCHIVAL_AND_ACCESSIBLE: "list[PDFStandard]" = ["a-2a", "ua-1"]


def typeset(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of a template in this folder, tagged, with its fonts inside; the aware time is its creation date."""
    from typst import TypstError  # 35 MB of library, wanted by few requests

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return _compiled(template, inputs, at, ARCHIVAL_AND_ACCESSIBLE)
    except TypstError:  # a character that no face of ours has forbids the standards, not the document
        return _compiled(template, inputs, at, [])


def _compiled(template: str, inputs: dict[str, str], at: datetime, standards: "list[PDFStandard]") -> bytes:
    from typst import Compiler

    compiler = Compiler(FOLDER / template, root=FOLDER, font_paths=_fonts(), sys_inputs=inputs)
    pdf = compiler.compile(format="pdf", timestamp=int(at.timestamp()), pdf_standards=standards)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> "Fonts":
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "fonts"])
