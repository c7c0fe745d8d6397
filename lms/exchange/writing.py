"""Writing questions into a file of another format."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lms.exchange.gift_writer import write_gift
from lms.exchange.items import Item, Written
from lms.exchange.moodle_writer import write_moodle
from lms.exchange.outgoing import CannotWrite, Outgoing, item_of, outgoing

Writer = Callable[[Outgoing], str]
_FILES: dict[str, tuple[Writer, str, str]] = {
    "gift": (write_gift, "", ""),
    "moodle": (write_moodle, '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n', "</quiz>\n"),
}
FORMATS = tuple(_FILES)
EXTENSIONS = {"gift": "txt", "moodle": "xml"}
MEDIA_TYPES = {"gift": "text/plain; charset=utf-8", "moodle": "application/xml"}


def write_questions(questions: Sequence[Mapping[str, Any]], format: str, language: str = "") -> Written:  # noqa: A002
    """Questions (as in a quiz file) in a format of FORMATS, in one language or ("") in all that each has."""
    writer, head, foot = _FILES[format]
    pieces, items = [], []
    for number, question in enumerate(questions, 1):
        text, item = _written(writer, number, question, language)
        pieces.append(text)
        items.append(item)
    return Written((head + "".join(pieces) + foot).encode(), tuple(items))


def _written(writer: Writer, number: int, question: Mapping[str, Any], language: str) -> tuple[str, Item]:
    try:
        out = outgoing(question, language)
    except CannotWrite as error:
        return "", item_of(number, question, str(question["id"]), [error.note])
    try:
        text = writer(out)
    except CannotWrite as error:
        return "", item_of(number, question, out.name(), [error.note])
    if question.get("in_case"):
        out.note("case_left_out")
    return text, item_of(number, question, out.name(), out.notes)
