"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format."""

from collections.abc import Callable
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from lms.exchange.cloze import put_cloze
from lms.exchange.drafting import Draft, Unusable
from lms.exchange.essays import put_essay
from lms.exchange.gift_reader import category_name
from lms.exchange.moodle_gaps import put_drag_gaps, put_ordering, put_select_gaps
from lms.exchange.notes import Note
from lms.exchange.pieces import Choice, Spelling, put_choices, put_number, put_pairs, put_spellings, put_statement
from lms.exchange.texts import Form, Source
from lms.exchange.xml_reading import text_of
from lms.text import parse_number

FORMS: dict[str, Form] = {"html": "html", "moodle_auto_format": "moodle", "plain_text": "plain", "markdown": "markdown"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_COMBINED = {"correctfeedback": "right", "partiallycorrectfeedback": "partly", "incorrectfeedback": "wrong"}
_OF_ITS_OWN = {"matching", "match", "ordering", "gapselect", "ddwtos"}
"""Types whose questions have feedback on the whole here."""


def read_moodle(root: Element) -> list[Draft]:
    """The questions of a <quiz>."""
    drafts: list[Draft] = []
    category = ""
    for element in root.iter("question"):
        if element.get("type") == "category":
            category = category_name(text_of(element.find("category")))
        else:
            drafts.append(_question(element, category))
    return drafts


def _question(element: Element, category: str) -> Draft:
    draft = Draft(name=text_of(element.find("name")), kind=element.get("type", ""))
    if category and draft.tag(category):
        draft.note("category_as_tag", category)
    try:
        _read(draft, element)
    except Unusable as error:
        draft.failure = error.note
    except ValueError:
        draft.failure = Note("broken", draft.name)
    return draft


def _read(draft: Draft, element: Element) -> None:
    read = READERS.get(draft.kind)
    if read is None:
        raise Unusable("not_a_question" if draft.kind == "description" else "type_unknown", draft.kind)
    for tag in element.iterfind("tags/tag"):
        if not draft.tag(text_of(tag)):
            draft.note("tag_left_out", text_of(tag))
    grade = text_of(element.find("defaultgrade"))
    if grade:
        draft.set_mark(float(parse_number(grade)))
    _note_files(draft, element)
    _note_feedback(draft, element)
    prompt = source_of(element.find("questiontext"))
    if draft.kind not in ("cloze", "gapselect", "ddwtos") and not draft.say(("prompt",), prompt):
        raise Unusable("no_text")
    read(draft, element)


def _note_files(draft: Draft, element: Element) -> None:
    """Pictures stand in the texts too, and are named there; files that no text names are left out as well."""
    told = "".join(note.about for note in draft.notes)
    shown = unquote("".join(text.text or "" for text in element.iter("text")))
    for file in element.iter("file"):
        name = file.get("name", "")
        if name not in told and name not in shown:
            draft.note("image_left_out", name)
    if element.find("image_base64") is not None:
        draft.note("image_left_out", text_of(element.find("image")))


def _note_feedback(draft: Draft, element: Element) -> None:
    if text_of(element.find("generalfeedback/text")):
        draft.note("general_feedback_left_out")
    if any(text_of(hint.find("text")) for hint in element.iterfind("hint")):
        draft.note("hints_left_out")
    for name, outcome in _COMBINED.items():
        source = source_of(element.find(name))
        if not source.text:
            continue
        if draft.kind in _OF_ITS_OWN:
            draft.say(("feedback", outcome), source)
        elif not _is_standard(source.text):
            draft.note("whole_feedback_left_out")


def _is_standard(text: str) -> bool:
    """What Moodle itself writes into every question."""
    return any(f"Your answer is {word}" in text for word in ("correct", "partially correct", "incorrect"))


def source_of(element: Element | None, form: Form = "html") -> Source:
    """The text of an element, in the form that it names."""
    if element is None:
        return Source("")
    inner = element.find("text")
    said = text_of(inner if inner is not None else None) or ("" if inner is not None else (element.text or "").strip())
    return Source(said, FORMS.get(element.get("format", ""), form), element.get(LANGUAGE, ""))


def _feedback(answer: Element) -> Source | None:
    found = source_of(answer.find("feedback"))
    return found if found.text else None


def _share(answer: Element) -> float:
    return float(parse_number(answer.get("fraction", "0"))) / 100


def _choices(draft: Draft, element: Element) -> None:
    single = text_of(element.find("single")).lower() not in ("false", "0")
    put_choices(draft, _options(element), single=single)


def _options(element: Element) -> list[Choice]:
    return [Choice(source_of(answer), _share(answer), _feedback(answer)) for answer in element.iterfind("answer")]


def _strict_choices(draft: Draft, element: Element) -> None:
    """The plugin "all or nothing": every option is right or wrong."""
    put_choices(draft, _options(element), single=False, strict=True)


def _truth(draft: Draft, element: Element) -> None:
    sides = {text_of(answer.find("text")).lower(): answer for answer in element.iterfind("answer")}
    if set(sides) != {"true", "false"}:
        raise Unusable("broken", ", ".join(sides))
    said = max(sides, key=lambda side: _share(sides[side]))
    if _share(sides[said]) <= 0:
        raise Unusable("no_right_answer")
    put_statement(draft, said, {side: _feedback(answer) for side, answer in sides.items()})


def _spellings(draft: Draft, element: Element) -> None:
    mode = "exact" if text_of(element.find("usecase")) == "1" else "folded"
    answers = [
        Spelling(
            Source(text_of(answer.find("text")), "plain", answer.get(LANGUAGE, "")), _share(answer), _feedback(answer)
        )
        for answer in element.iterfind("answer")
    ]
    put_spellings(draft, answers, mode=mode)


def _numbers(draft: Draft, element: Element) -> None:
    numbers, wrong = [], None
    for answer in element.iterfind("answer"):
        said = text_of(answer.find("text"))
        if said == "*":
            wrong = _feedback(answer)
            continue
        tolerance = text_of(answer.find("tolerance")) or "0"
        numbers.append((_share(answer), float(parse_number(said)), float(parse_number(tolerance)), _feedback(answer)))
    put_number(draft, numbers, wrong)
    _put_unit(draft, element)


def _put_unit(draft: Draft, element: Element) -> None:
    """A unit that is only shown; several to choose from, with factors, are another matter."""
    units = element.findall("units/unit")
    factors = {text_of(unit.find("multiplier")) for unit in units}
    if not units:
        return
    if len(units) > len({unit.get(LANGUAGE, "") for unit in units}) or any(float(f or 1) != 1 for f in factors):
        draft.note("unit_left_out", ", ".join(text_of(unit.find("unit_name")) for unit in units))
        return
    draft.say_in(("unit",), {u.get(LANGUAGE, ""): Source(text_of(u.find("unit_name")), "plain") for u in units})


def _pairs(draft: Draft, element: Element) -> None:
    pairs = []
    for row in element.iterfind("subquestion"):
        answer = row.find("answer")
        said = text_of(answer.find("text") if answer is not None else None)
        # Moodle shows matches as plain text, but people type HTML and multilang tags into them.
        pairs.append((source_of(row), Source(said, "html" if "<" in said else "plain")))
    put_pairs(draft, pairs)


def _essay(draft: Draft, element: Element) -> None:
    put_essay(draft)
    if text_of(element.find("graderinfo/text")) or text_of(element.find("responsetemplate/text")):
        draft.note("template_left_out")


def _cloze(draft: Draft, element: Element) -> None:
    put_cloze(draft, source_of(element.find("questiontext")))


def _select(draft: Draft, element: Element) -> None:
    put_select_gaps(draft, element, source_of(element.find("questiontext")))


def _drag(draft: Draft, element: Element) -> None:
    put_drag_gaps(draft, element, source_of(element.find("questiontext")))


def _ordering(draft: Draft, element: Element) -> None:
    put_ordering(draft, element, [source_of(answer) for answer in element.iterfind("answer")])


READERS: dict[str, Callable[[Draft, Element], None]] = {
    "multichoice": _choices,
    "multichoiceset": _strict_choices,
    "truefalse": _truth,
    "shortanswer": _spellings,
    "numerical": _numbers,
    "matching": _pairs,
    "match": _pairs,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
    "gapselect": _select,
    "ddwtos": _drag,
    "ordering": _ordering,
}
