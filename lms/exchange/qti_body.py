"""The body of a QTI item: what is said, the interactions in it, the right answers, feedback by what it is about."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from lms.exchange.gaps import MARK
from lms.exchange.qti_names import camel, children, descendants, value
from lms.exchange.texts import Source
from lms.exchange.xml_reading import local, text_of
from lms.text import parse_number

INLINE = {"textEntryInteraction", "inlineChoiceInteraction", "gap"}
_HIDDEN = {"feedbackInline", "feedbackBlock", "rubricBlock", "templateInline", "templateBlock", "catalogInfo"}


@dataclass(frozen=True)
class Declared:
    """What is declared of a response: its right values in order, what it is of, marks of single values."""

    values: tuple[str, ...] = ()
    base: str = ""
    cardinality: str = ""
    mapping: dict[str, float] = field(default_factory=dict)
    ignores_case: bool = True


@dataclass
class Body:
    """An item taken apart."""

    item: Element
    language: str
    interactions: list[Element] = field(default_factory=list)
    #: HTML around the interactions, with a mark where an inline one stands.
    html: str = ""
    feedback: dict[str, Source] = field(default_factory=dict)
    feedbacks_left: bool = False
    declared: dict[str, Declared] = field(default_factory=dict)

    def source(self, html: str) -> Source:
        """A text of the item, in its language."""
        return Source(html, "html", self.language)

    def response(self, interaction: Element) -> Declared:
        """What is declared of an interaction's response."""
        return self.declared.get(value(interaction, "responseIdentifier"), Declared())

    def prompt(self, interaction: Element | None = None) -> Source:
        """What stands around an interaction, and its own prompt."""
        own = "".join(inner_html(found) for found in children(interaction, "prompt")) if interaction is not None else ""
        return self.source(f"<div>{self.html}</div><div>{own}</div>")


def body_of(item: Element, language: str) -> Body:
    """Take an item apart."""
    body = Body(item, language)
    body.declared = {value(d, "identifier"): _declared(d) for d in descendants(item, "responseDeclaration")}
    for part in children(item, "itemBody"):
        body.html += "".join(_html(part, body))
    for feedback in [*descendants(item, "modalFeedback"), *descendants(item, "feedbackInline")]:
        key, said = value(feedback, "identifier"), inner_html(feedback)
        if key and key not in body.feedback:
            body.feedback[key] = body.source(said)
    choices = {value(found, "identifier") for found in item.iter() if camel(found) in ("simpleChoice", "inlineChoice")}
    body.feedbacks_left = bool(set(body.feedback) - choices) or any(True for _f in descendants(item, "feedbackBlock"))
    return body


def _declared(element: Element) -> Declared:
    values = tuple(
        text_of(found) for correct in children(element, "correctResponse") for found in children(correct, "value")
    )
    entries = list(descendants(element, "mapEntry"))
    mapping = {value(entry, "mapKey"): float(parse_number(value(entry, "mappedValue", "0"))) for entry in entries}
    cased = any(value(entry, "caseSensitive") == "true" for entry in entries)
    return Declared(values, value(element, "baseType"), value(element, "cardinality"), mapping, not cased)


def _html(element: Element, body: Body) -> Iterator[str]:
    """The HTML of what an element holds; interactions come out of it."""
    yield escape(element.text or "")
    for child in element:
        name = camel(child)
        if name.endswith("Interaction"):
            if name in INLINE:
                yield MARK.format(f"g{len(body.interactions) + 1}")
            body.interactions.append(child)
        elif name not in _HIDDEN:
            yield from _tagged(child, "".join(_html(child, body)))
        yield escape(child.tail or "")


def _tagged(element: Element, inner: str) -> Iterator[str]:
    tag = local(element)
    attributes = "".join(f' {local_name(name)}="{escape(said)}"' for name, said in element.attrib.items())
    yield f"<{tag}{attributes}>" if not inner and tag in ("br", "img", "hr") else f"<{tag}{attributes}>{inner}</{tag}>"


def local_name(name: str) -> str:
    """An attribute's name without its namespace."""
    return name.rpartition("}")[2]


def inner_html(element: Element) -> str:
    """The HTML in an element, without feedback that belongs to it."""
    return "".join(_html(element, Body(element, "")))
