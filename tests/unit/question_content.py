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
