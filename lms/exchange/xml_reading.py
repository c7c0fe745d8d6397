"""XML by others: hardened against attacks, lenient towards mistakes."""

import re
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lms.exchange.decoding import read_bytes
from lms.exchange.errors import UnreadableFile

DEEPEST = 100
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};)(\w{1,32};)?")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)


def read_xml(data: bytes) -> tuple[Element, str]:
    """The root of an XML file and the name of its encoding. Raises UnreadableFile.

    Characters that XML forbids, entities of HTML and bare ampersands are mended; entities of its own are refused.
    """
    text, encoding = read_bytes(data)
    body = _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1), count=1).strip()
    try:
        root = _parsed(body)
    except (DefusedXmlException, RecursionError, ValueError) as error:
        raise UnreadableFile("not_xml") from error
    _refuse_deep(root)
    return root, encoding


def _parsed(body: str) -> Element:
    try:
        return fromstring(body)
    except ParseError:
        pass
    try:
        return fromstring(_repaired(body))
    except ParseError as error:
        raise UnreadableFile("not_xml") from error


def _repaired(body: str) -> str:
    parts = _CDATA.split(NOT_XML.sub("", body))
    return "".join(part if part.startswith("<![CDATA[") else _ENTITY.sub(_entity, part) for part in parts)


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name and name in html5:
        return html5[name].replace("&", "&amp;").replace("<", "&lt;")
    return "&amp;" + (name or "")


def _refuse_deep(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise UnreadableFile("too_deep")
        level = [child for element in level for child in element]


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Element | None) -> str:
    """All text in an element, without white space at its edges."""
    return "" if element is None else "".join(element.itertext()).strip()
