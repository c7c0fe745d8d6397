"""QTI 2.1, 2.2 and 3.0: an item, or a package of items. https://www.1edtech.org/standards/qti.

Version 3.0 writes the names of 2.x with hyphens and `qti-` before them; both are read by their 2.x names.
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from lms.exchange.drafting import Draft, Unusable
from lms.exchange.multilang import our_code
from lms.exchange.notes import Note
from lms.exchange.qti_body import Body, body_of
from lms.exchange.qti_interactions import INTERACTIONS
from lms.exchange.qti_names import LANGUAGE, camel, children, descendants
from lms.formats import LANGUAGES

ITEM = "assessmentItem"


def is_qti(root: Element) -> bool:
    """Whether this is an item, or something that holds items."""
    return any(True for _item in descendants(root, ITEM))


def read_qti(root: Element) -> list[Draft]:
    """The questions in an XML file."""
    return [_question(item) for item in descendants(root, ITEM)]


def _question(item: Element) -> Draft:
    draft = Draft(name=item.get("title") or item.get("identifier") or "")
    try:
        _read(draft, item)
    except Unusable as error:
        draft.failure = error.note
    except ValueError:
        draft.failure = Note("broken", draft.name)
    return draft


def _read(draft: Draft, item: Element) -> None:
    body = body_of(item, _language(item))
    draft.kind = ", ".join(dict.fromkeys(camel(found) for found in body.interactions))
    if not body.interactions:
        raise Unusable("not_a_question")
    kinds = {camel(found) for found in body.interactions}
    if len(body.interactions) > 1 and not kinds <= {"textEntryInteraction", "inlineChoiceInteraction"}:
        raise Unusable("several_parts")
    _note_lost(draft, item, body)
    read: Callable[[Draft, Body], None] | None = INTERACTIONS.get(camel(body.interactions[0]))
    if read is None:
        raise Unusable("type_unknown", draft.kind)
    read(draft, body)


def _language(item: Element) -> str:
    code = our_code(item.get(LANGUAGE, ""))
    return code if code in LANGUAGES else ""


def _note_lost(draft: Draft, item: Element, body: Body) -> None:
    if body.feedbacks_left:
        draft.note("feedback_left_out")
    rubric = next(descendants(item, "rubricBlock"), None)
    if rubric is not None:
        draft.note("template_left_out")
    if any(True for _found in children(item, "templateDeclaration")):
        raise Unusable("type_unknown", "templateDeclaration")
