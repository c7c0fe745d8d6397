"""A module whose one quiz asks a question of every type, in three languages: what browser tests take and mark."""

from pathlib import Path

from lms.training.packages import write_package
from lms.training.tree import Tree
from tests.every_type.lines import choices, written
from tests.every_type.parts import in_parts
from tests.every_type.unmarked import case, survey
from tests.every_type.writing import CODES, Texts

TITLE = {"fa": "همهٔ گونه‌های پرسش", "ar": "كل أنواع الأسئلة", "en": "Every type of question"}


def quiz() -> Texts:
    """The quiz file: nothing in it waits for a person to grade it."""
    about_it = {**in_parts()[-1], "in_case": True}
    return {
        "format_version": 1,
        "id": "final",
        "title": TITLE,
        "pass_mark": 60,
        "attempts": 0,
        "shuffle": False,
        "show_key": "after_each",
        "questions": [*choices(), *written(), *in_parts()[:-1], case(), about_it, survey()],
    }


def tree() -> Tree:
    """The module: a lesson that says what it is, and the quiz."""
    manifest = {
        "format_version": 1,
        "id": "every-type",
        "source_language": "fa",
        "languages": list(CODES),
        "title": TITLE,
        "sequence": [{"lesson": "about", "required": False}, {"quiz": "final", "required": True}],
    }
    lesson = {
        "format_version": 1,
        "id": "about",
        "minutes": 1,
        "title": TITLE,
        "blocks": [{"id": "opening", "kind": "text"}],
    }
    texts = {code: {"opening": title} for code, title in TITLE.items()}
    return Tree(manifest, {"about": {"lesson": lesson, "texts": texts}}, {"final": quiz()})


def package(path: Path) -> Path:
    """Write the module as a package, for `lms modules import`."""
    with path.open("wb") as file:
        write_package(tree(), file)
    return path


RIGHT: dict[str, dict[str, dict[str, list[str]]]] = {
    "form": {"*": {"answer": ["b"]}},
    "needs": {"*": {"answer": ["a", "c"]}},
    "must-sign": {"*": {"answer": ["false"]}},
    "word": {
        "fa": {"answer": ["شبکه سازي"]},
        "ar": {"answer": ["التشبيك"]},
        "en": {"answer": ["Networking"]},
    },
    "distance": {
        "fa": {"answer": ["۱۲٫۵ کیلومتر"]},
        "ar": {"answer": ["١٢٫٥ كم"]},
        "en": {"answer": ["12.5 km"]},
    },
    "terms": {"*": {"a": ["p"], "b": ["q"], "c": ["r"]}},
    "steps": {"*": {"a": ["1"], "b": ["2"], "c": ["3"], "d": ["4"]}},
    "sentence": {
        "fa": {"g1": ["شبکه"], "g2": ["b"]},
        "ar": {"g1": ["الشبكة"], "g2": ["b"]},
        "en": {"g1": ["network"], "g2": ["b"]},
    },
    "kinds": {"*": {"a": ["u"], "b": ["n"], "c": ["n"]}},
    "story": {"*": {}},
    "mood": {"*": {"a": ["2"], "b": ["1"]}},
}
"""What a form holds that answers each question right, by language, or in all alike."""

PARTLY: dict[str, dict[str, list[str]]] = {
    "needs": {"answer": ["a"]},
    "distance": {"answer": ["12.5"]},
    "terms": {"a": ["p"], "b": ["r"], "c": ["q"]},
    "steps": {"b": ["1"], "a": ["2"], "c": ["3"], "d": ["4"]},
    "sentence": {"g1": ["…"], "g2": ["b"]},
    "kinds": {"a": ["u"], "b": ["u"], "c": ["n"]},
}
"""What is worth something, and less than the full mark."""


def right(key: str, language: str) -> dict[str, list[str]]:
    """The form that answers a question right."""
    return RIGHT[key].get(language) or RIGHT[key]["*"]
