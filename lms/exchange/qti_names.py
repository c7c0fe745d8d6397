"""Names of QTI, whichever version wrote them."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from lms.exchange.xml_reading import local

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_HYPHEN = re.compile(r"-([a-z])")


def _camel(name: str) -> str:
    return _HYPHEN.sub(lambda found: found[1].upper(), name.removeprefix("qti-"))


def camel(element: Element) -> str:
    """The name of an element as QTI 2.x writes it."""
    return _camel(local(element))


def value(element: Element, name: str, default: str = "") -> str:
    """An attribute, by its 2.x name."""
    hyphened = re.sub(r"([A-Z])", lambda found: f"-{found[1].lower()}", name)
    return element.get(name, element.get(hyphened, default))


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that 2.x name."""
    return (child for child in element if camel(child) == name)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Everything of that 2.x name, the element itself too."""
    return (found for found in element.iter() if camel(found) == name)
