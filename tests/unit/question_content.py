"""Questions as written, and strategies that make them up, for the tests of the question types."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from lms.quizzes.question_types import Content

OPTIONS = ["a", "b", "c", "d"]
LETTERS = "آابپتثجچحخدذرزسشعغفقکگلمنوهیأإةىabcxyz"
words = st.text(LETTERS, min_size=1, max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def choice(correct: Sequence[str], options: Sequence[str] = OPTIONS, **scoring: Any) -> Content:
    """A single or multiple choice question in Persian."""
    text = {"prompt": "کدام؟", "options": {o: f"گزینهٔ {o}" for o in options}, "feedback": {"a": "چنین است."}}
    return Content({"options": list(options)}, {"correct": list(correct), **scoring}, {"fa": text})


def statement(correct: str) -> Content:
    """A true or false question."""
    return Content({}, {"correct": [correct]}, {"fa": {"prompt": "چنین است.", "feedback": {"true": "آری."}}})


def written(mode: str = "folded", **variants: list[str]) -> Content:
    """A short text question: one accepted answer, by language."""
    text = {code: {"prompt": "چه؟", "accepted": {"full": words}} for code, words in variants.items()}
    return Content({"accepted": ["full"]}, {"accepted": {"full": {"share": 1, "mode": mode}}}, text)


def number(answer: float, tolerance: float = 0) -> Content:
    """A numeric question."""
    text = {"fa": {"prompt": "چند؟", "unit": "خانواده", "feedback": {"right": "آری.", "wrong": "نه."}}}
    return Content({}, {"answer": answer, "tolerance": tolerance}, text)


@st.composite
def choices(draw: st.DrawFn, most: int = len(OPTIONS)) -> Content:
    """Choice questions with up to `most` right options."""
    correct = draw(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=most, unique=True))
    return choice(correct, partial=draw(st.booleans()))


statements = st.sampled_from(["true", "false"]).map(statement)
numbers = st.builds(
    number,
    st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6).map(lambda x: round(x, 3)),
    st.integers(0, 5) | st.floats(0, 3).map(lambda x: round(x, 3)),
)
texts = st.builds(written, st.sampled_from(["exact", "folded", "compact"]), fa=st.lists(words, min_size=1, max_size=3))


def pairing(kind: str, key: dict[str, str], places: Sequence[str], **scoring: Any) -> Content:
    """A matching or categorising question in Persian, its key by item."""
    place, name = {"matching": ("matches", "pairs"), "categorise": ("groups", "groups")}[kind]
    text = {
        "prompt": "کدام با کدام؟",
        "items": {item: f"چیز {item}" for item in key},
        place: {one: f"جای {one}" for one in places},
        "feedback": {"right": "آری.", "wrong": "نه.", next(iter(key)): "این یکی نه."},
    }
    return Content({"items": list(key), place: list(places)}, {name: key, **scoring}, {"fa": text})


@st.composite
def pairings(draw: st.DrawFn, kind: str) -> Content:
    """Matching or categorising questions of up to four items and as many places."""
    places = OPTIONS[: draw(st.integers(2, len(OPTIONS)))]
    items = OPTIONS[: draw(st.integers(2, len(OPTIONS)))]
    key = {item: draw(st.sampled_from(places)) for item in items}
    return pairing(kind, key, places, **draw(st.sampled_from([{}, {"partial": False}])))


def sequence(order: Sequence[str], credit: str = "position") -> Content:
    """An ordering question in Persian."""
    text = {"prompt": "به ترتیب؟", "items": {item: f"گام {item}" for item in order}, "feedback": {"partly": "نزدیک."}}
    return Content({"items": sorted(order)}, {"order": list(order), "credit": credit}, {"fa": text})


sequences = st.builds(
    sequence,
    st.integers(2, 4).flatmap(lambda n: st.permutations(OPTIONS[:n])),
    st.sampled_from(["position", "adjacent", "exact"]),
)


def cloze(mode: str = "folded", *spellings: str, **scoring: Any) -> Content:
    """A gap fill question in Persian: the gap `a` is typed, `b` chosen."""
    gaps = [
        {"id": "a", "kind": "typed", "answers": ["full", "half"]},
        {"id": "b", "kind": "chosen", "answers": ["a", "b", "c"]},
    ]
    rules = {"a": {"shares": {"full": 1, "half": 0.5}, "mode": mode}, "b": {"shares": {"b": 1}, "weight": 2}}
    text = {
        "prompt": "جاهای خالی را پر کنید.",
        "passage": "هر **[[a]]** را\n[[b]] می‌سازد.",
        "accepted": {"a": {"full": list(spellings) or ["شبکه‌سازی"], "half": ["چتر"]}},
        "options": {"b": {"a": "یکی", "b": "دو تا", "c": "سه تا"}},
        "feedback": {"a": "درس یک را بخوانید."},
    }
    return Content({"gaps": gaps}, {"gaps": rules, **scoring}, {"fa": text})


clozes = st.builds(cloze, st.sampled_from(["exact", "folded", "compact"]), words)


def measured(answer: float, tolerance: float = 0, **scoring: Any) -> Content:
    """A numeric question in kilometres, or metres."""
    rules = {"answer": answer, "tolerance": tolerance, "units": {"km": 1, "m": 0.001}, **scoring}
    text = {"prompt": "چقدر؟", "units": {"km": ["کیلومتر", "km"], "m": ["متر", "m"]}, "feedback": {"unit": "یکا؟"}}
    return Content({"units": ["km", "m"]}, rules, {"fa": text})


@st.composite
def rubrics(draw: st.DrawFn) -> Content:
    """Rubrics of one to three criteria with two to four levels each, as an essay has them."""
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True))
    levels = {name: draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True)) for name in names}
    points = {
        name: {level: draw(st.integers(0, 10)) + (at == 0) for at, level in enumerate(found)}
        for name, found in levels.items()
    }
    text = {
        "prompt": "بنویسید.",
        "criteria": {name: f"سنجهٔ {name}" for name in names},
        "levels": {name: {level: f"سطح {level}" for level in found} for name, found in levels.items()},
    }
    criteria = [{"id": name, "levels": found} for name, found in levels.items()]
    return Content({"criteria": criteria}, {"points": points}, {"fa": text})


essays = (rubrics() | st.just(Content({}, {}, {"fa": {"prompt": "بنویسید."}}))).flatmap(
    lambda rubric: st.sampled_from(
        [{}, {"least_words": 5}, {"most_words": 300}, {"least_words": 5, "most_words": 5}]
    ).map(lambda lengths: Content({**lengths, **rubric.structure}, rubric.scoring, rubric.text))
)


file_questions = st.builds(
    lambda rubric, kinds, files, size: Content(
        {"kinds": kinds, "most_files": files, "most_megabytes": size, **rubric.structure}, rubric.scoring, rubric.text
    ),
    rubrics(),
    st.sampled_from([["document"], ["document", "image", "video"], ["sheet", "slides", "audio"]]),
    st.integers(1, 10),
    st.integers(1, 50),
)


@st.composite
def _surveys(draw: st.DrawFn) -> Content:
    """One to four statements on a scale."""
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True))
    points = draw(st.integers(2, 7))
    text = {
        "prompt": "چقدر موافقید؟",
        "statements": {name: f"گزارهٔ {name}" for name in names},
        "scale": {str(point): f"درجهٔ {point}" for point in range(1, points + 1)},
    }
    return Content({"statements": names, "points": points}, {}, {"fa": text})


surveys = _surveys()
cases = words.map(lambda body: Content({}, {}, {"fa": {"prompt": "ماجرا", "body": body}}))
