"""The template for spreadsheets: a row a question, a column a thing; CSV or XLSX."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

from lms.documents.sheets import Column, write_csv, write_xlsx
from lms.documents.tables import Table, TableError, read_table
from lms.exchange.drafting import Draft, Unusable
from lms.exchange.errors import UnreadableFile
from lms.exchange.items import MOST_QUESTIONS
from lms.exchange.notes import Note
from lms.exchange.pieces import Choice, Spelling, put_choices, put_number, put_spellings, put_statement
from lms.exchange.texts import Source
from lms.formats import LANGUAGES
from lms.quizzes.tags import read_tags
from lms.text import fold_key, parse_number

OPTIONS = "abcdef"
FIELDS = ("type", "prompt", *(f"option_{key}" for key in OPTIONS), "correct", "tolerance", "unit", "mark", "tags")
_BY_LANGUAGE = {"prompt", "unit", *(f"option_{key}" for key in OPTIONS)}
_NAMES: Mapping[str, tuple[str, ...]] = {
    "type": ("type", "نوع", "النوع"),
    "prompt": ("prompt", "question", "پرسش", "سوال", "السؤال", "سؤال"),
    "correct": ("correct", "answer", "right answer", "پاسخ", "پاسخ درست", "الإجابة", "الإجابة الصحيحة"),
    "tolerance": ("tolerance", "رواداری", "خطای مجاز", "هامش الخطأ"),
    "unit": ("unit", "واحد", "یکا", "الوحدة"),
    "mark": ("mark", "points", "نمره", "الدرجة"),
    "tags": ("tags", "برچسب", "برچسب‌ها", "الوسوم"),
    **{
        f"option_{key}": (f"option {key}", f"option_{key}", f"گزینه {n}", f"گزینه {key}", f"خيار {n}", f"الخيار {n}")
        for n, key in enumerate(OPTIONS, 1)
    },
}
_TYPES = {
    "single_choice": ("single choice", "multichoice", "تک گزینه‌ای", "چندگزینه‌ای", "اختيار من متعدد"),
    "multiple_choice": ("multiple choice", "multiple answers", "چند پاسخی", "إجابات متعددة"),
    "true_false": ("true false", "true/false", "درست نادرست", "درست–نادرست", "صواب خطأ", "صواب–خطأ"),
    "short_text": ("short answer", "short text", "پاسخ کوتاه", "إجابة قصيرة"),
    "numeric": ("number", "numeric", "numerical", "عدد", "عددی", "رقم"),
}
_TRUE = {"true", "t", "درست", "صحیح", "صواب", "صح"}
_FALSE = {"false", "f", "نادرست", "غلط", "خطأ"}
_LETTERS = {"الف": "a", "ب": "b", "ج": "c", "د": "d", "أ": "a", "ا": "a", "ه": "e", "ه‍": "e", "و": "f"}
EXAMPLES = (
    (
        "single_choice",
        "شبکه چیست؟",
        "ما هي الشبكة؟",
        "What is a network?",
        "پیوند سازمان‌ها",
        "ترابط منظمات",
        "A tie between organizations",
        "یک ساختمان",
        "مبنى",
        "A building",
        "a",
        "",
        "1",
        "network",
    ),
    (
        "true_false",
        "هر شبکه رئیس دارد.",
        "لكل شبكة رئيس.",
        "Every network has a president.",
        "",
        "",
        "",
        "",
        "",
        "",
        "false",
        "",
        "1",
        "",
    ),
    ("numeric", "دو به‌علاوهٔ دو؟", "اثنان زائد اثنين؟", "Two plus two?", "", "", "", "", "", "", "4", "0", "1", ""),
)


def read_sheet(data: bytes, filename: str) -> list[Draft]:
    """The questions of a table. Raises UnreadableFile where it has not the columns."""
    try:
        table = read_table(data, filename, max_rows=MOST_QUESTIONS)
    except TableError as error:
        raise UnreadableFile("table_unreadable") from error
    columns = _columns(table.headers)
    if not any(name == "prompt" for name, _language in columns.values()):
        raise UnreadableFile("table")
    return [_draft(line, row, columns) for line, row in zip(table.lines, table.rows, strict=True)]


def is_sheet(table: Table) -> bool:
    """Whether a table has a column of questions."""
    return any(name == "prompt" for name, _language in _columns(table.headers).values())


def _columns(headers: Sequence[str]) -> dict[int, tuple[str, str]]:
    """What each column holds, and in which language: "Question (fa)", "option_a.en", "پرسش"."""
    found = {}
    for at, header in enumerate(headers):
        named = re.fullmatch(r"(.*?)[\s._(-]*\b(fa|ar|en)\b\)?", header.strip(), re.IGNORECASE)
        stem, language = (named[1], named[2].lower()) if named else (header, "")
        key = fold_key(stem.replace("_", " ").strip())
        for name, spellings in _NAMES.items():
            if key in {fold_key(spelling.replace("_", " ")) for spelling in spellings}:
                found[at] = (name, language)
    return found


def _draft(line: int, row: Sequence[str], columns: Mapping[int, tuple[str, str]]) -> Draft:
    cells: dict[str, dict[str, str]] = {}
    for at, (name, language) in columns.items():
        if row[at]:
            cells.setdefault(name, {})[language] = row[at]
    draft = Draft(kind="row")
    try:
        _read(draft, cells)
    except Unusable as error:
        draft.failure = error.note
    except ValueError:
        draft.failure = Note("broken", str(line))
    return draft


def _read(draft: Draft, cells: Mapping[str, Mapping[str, str]]) -> None:
    if not _say(draft, ("prompt",), cells.get("prompt", {})):
        raise Unusable("no_text")
    for tag in read_tags(_one(cells, "tags")):
        if not draft.tag(tag):
            draft.note("tag_left_out", tag)
    if _one(cells, "mark"):
        draft.set_mark(float(parse_number(_one(cells, "mark"))))
    options = [key for key in OPTIONS if f"option_{key}" in cells]
    correct = _one(cells, "correct")
    kind = _kind(_one(cells, "type"), options, correct)
    draft.kind = kind
    if kind in ("single_choice", "multiple_choice"):
        _choice(draft, cells, options, correct, several=kind == "multiple_choice")
    else:
        _written(draft, cells, kind, correct)


def _one(cells: Mapping[str, Mapping[str, str]], name: str) -> str:
    return next(iter(cells.get(name, {}).values()), "").strip()


def _say(draft: Draft, path: tuple[str, ...], texts: Mapping[str, str]) -> bool:
    return draft.say_in(path, {language: Source(text, "markdown") for language, text in texts.items()})


def _kind(named: str, options: Sequence[str], correct: str) -> str:
    key = fold_key(named.replace("_", " "))
    for kind, spellings in _TYPES.items():
        if key and key in {fold_key(kind.replace("_", " ")), *map(fold_key, spellings)}:
            return kind
    if named:
        raise Unusable("type_unknown", named)
    if options:
        return "multiple_choice" if len(re.split(r"[,،;؛\s]+", correct.strip())) > 1 else "single_choice"
    return "true_false" if fold_key(correct) in map(fold_key, _TRUE | _FALSE) else "short_text"


def _choice(
    draft: Draft, cells: Mapping[str, Mapping[str, str]], options: Sequence[str], correct: str, *, several: bool
) -> None:
    right = {_letter(part) for part in re.split(r"[,،;؛\s]+", correct) if part}
    if not right or not right <= set(options):
        raise Unusable("no_right_answer")
    share = 1 / len(right) if several else 1.0
    penalty = -share if several else 0.0
    choices = [Choice(Source(""), share if key in right else penalty) for key in options]
    put_choices(draft, choices, single=not several)
    for option, key in zip(draft.structure["options"], options, strict=True):
        _say(draft, ("options", option), cells[f"option_{key}"])


def _letter(written: str) -> str:
    return _LETTERS.get(written, OPTIONS[int(parse_number(written)) - 1] if _is_place(written) else written.lower())


def _is_place(written: str) -> bool:
    return written.isdigit() and 1 <= int(written) <= len(OPTIONS)


def _written(draft: Draft, cells: Mapping[str, Mapping[str, str]], kind: str, correct: str) -> None:
    if not correct:
        raise Unusable("no_right_answer")
    if kind == "true_false":
        put_statement(draft, _truth(correct), {})
    elif kind == "numeric":
        tolerance = float(parse_number(_one(cells, "tolerance") or "0"))
        put_number(draft, [(1, float(parse_number(correct)), tolerance, None)], None)
        _say(draft, ("unit",), cells.get("unit", {}))
    else:
        words = [
            Spelling(Source(word.strip(), "plain", language), 1)
            for language, said in cells["correct"].items()
            for word in re.split(r"[|\n]", said)
        ]
        put_spellings(draft, words, mode="folded")


def _truth(said: str) -> str:
    key = fold_key(said)
    if key in map(fold_key, _TRUE):
        return "true"
    if key in map(fold_key, _FALSE):
        return "false"
    raise Unusable("no_right_answer")


def _template_columns() -> list[Column]:
    names = ["type"]
    names += [f"prompt ({code})" for code in LANGUAGES]
    names += [f"option {key} ({code})" for key in "ab" for code in LANGUAGES]
    names += ["correct", "tolerance", "mark", "tags"]
    return [Column(name, name, width=24) for name in names]


def template_csv() -> bytes:
    """The template with examples, as CSV."""
    return "".join(write_csv(_template_columns(), EXAMPLES)).encode()


def template_xlsx() -> bytes:
    """The template with examples, as a workbook."""
    target = BytesIO()
    write_xlsx(target, _template_columns(), EXAMPLES, language="en", sheet_name="questions")
    return target.getvalue()
