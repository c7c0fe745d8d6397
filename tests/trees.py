"""Well-formed trees of modules, made up by hypothesis."""

from typing import Any

from hypothesis import strategies as st

from lms.formats import LANGUAGES
from lms.training.tree import Tree

LETTERS = "آابپتثجچخدرزسشعفقکگلمنوهیأةى ‌abcxyz*_-[]()«»123۱۲"
keys = st.integers(0, 99).map(lambda number: f"part-{number}")
words = st.text(LETTERS, min_size=1, max_size=8).map(lambda text: f"x{text}x")
TITLED = ("note", "example", "exercise")
KINDS = ("heading", "text", "note", "quote", "example", "exercise")


def texts(languages: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """One text in each language."""
    return st.fixed_dictionaries(dict.fromkeys(languages, words))


def some_texts(name: str, languages: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A key that may be left out; where the texts are some of the languages'."""
    found = st.dictionaries(st.sampled_from(languages), words, min_size=1)
    return st.one_of(st.just({}), found.map(lambda value: {name: value}))


@st.composite
def lessons(draw: st.DrawFn, key: str, languages: list[str]) -> dict[str, Any]:
    """A lesson with its texts."""
    blocks = []
    found: dict[str, dict[str, str]] = {code: {} for code in languages}
    for block_key in draw(st.lists(keys, min_size=1, max_size=3, unique=True)):
        block: dict[str, Any] = {"id": block_key, "kind": draw(st.sampled_from(KINDS))}
        if draw(st.booleans()):
            block["languages"] = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
        blocks.append(block)
        for code in languages:
            if code in block.get("languages", LANGUAGES):
                found[code][block_key] = draw(words) + ("\n\n" + draw(words) if block["kind"] in TITLED else "")
    lesson = {"format_version": 1, "id": key, "minutes": draw(st.integers(1, 60)), "title": draw(texts(languages))}
    return {"lesson": {**lesson, **draw(some_texts("source", languages)), "blocks": blocks}, "texts": found}


@st.composite
def questions(draw: st.DrawFn, key: str, languages: list[str]) -> dict[str, Any]:
    """A choice question."""
    options = ["a", "b", "c"]
    text = {
        code: {
            "prompt": draw(words),
            "options": {option: draw(words) for option in options},
            "feedback": draw(st.dictionaries(st.sampled_from(options), words)),
        }
        for code in languages
    }
    return {
        "id": key,
        "type": "single_choice",
        "mark": draw(st.integers(1, 5)),
        "structure": {"options": options},
        "scoring": {"correct": [draw(st.sampled_from(options))]},
        "text": text,
    }


@st.composite
def quizzes(draw: st.DrawFn, key: str, languages: list[str], *, pools: bool) -> dict[str, Any]:
    """A quiz; with `pools` one that may draw its last question from a pool."""
    asked = draw(st.lists(keys, min_size=1, max_size=2, unique=True))
    written = [draw(questions(one, languages)) for one in asked]
    rules: dict[str, Any] = {}
    if pools and draw(st.booleans()):
        named = draw(st.fixed_dictionaries({}, optional={"folder": keys, "tag": words}))
        rules["pools"] = [{"id": "pool-1", "count": 1, **named}]
        written[-1]["pool"] = "pool-1"
    return {
        "format_version": 1,
        "id": key,
        "title": draw(texts(languages)),
        **draw(some_texts("intro", languages)),
        "pass_mark": draw(st.integers(0, 100)),
        "attempts": draw(st.integers(0, 5)),
        **draw(st.sampled_from([{}, {"time_limit": 20}])),
        "shuffle": draw(st.booleans()),
        "show_key": draw(st.sampled_from(["never", "after_last_attempt", "after_each"])),
        **rules,
        "questions": written,
    }


@st.composite
def trees(draw: st.DrawFn, *, pools: bool = False) -> Tree:
    """A whole module, perhaps with an entry quiz; with `pools` its other quizzes may draw from a bank."""
    chosen = draw(st.sets(st.sampled_from(LANGUAGES), min_size=1))
    languages = [code for code in LANGUAGES if code in chosen]
    parts = draw(st.lists(keys, min_size=1, max_size=2, unique=True))
    kinds = {key: draw(st.sampled_from(["lesson", "quiz"])) for key in parts}
    manifest = {
        "format_version": 1,
        "id": draw(keys),
        "source_language": draw(st.sampled_from(languages)),
        "languages": languages,
        "title": draw(texts(languages)),
        **draw(some_texts("summary", languages)),
        "sequence": [{kind: key, "required": draw(st.booleans())} for key, kind in kinds.items()],
    }
    written = {key: draw(quizzes(key, languages, pools=pools)) for key, kind in kinds.items() if kind == "quiz"}
    counting = [item["quiz"] for item in manifest["sequence"] if "quiz" in item and item["required"]]
    has_entry = draw(st.booleans()) if counting else False
    if has_entry:
        written["entry"] = draw(quizzes("entry", languages, pools=False))
        manifest["sequence"].insert(0, {"quiz": "entry", "before": draw(st.sampled_from(counting)), "required": False})
    return Tree(
        manifest, {key: draw(lessons(key, languages)) for key, kind in kinds.items() if kind == "lesson"}, written
    )
