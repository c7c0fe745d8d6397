"""What changed between two texts."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.authoring.drafts.diffing import MOST_WORDS, differences, plain

sentences = st.lists(st.sampled_from(["این", "دو", "سه", "پرسش", "را", "می‌پرسد.", "NGO", "«نقل»"]), max_size=12)


@given(sentences, sentences)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_pieces_hold_both_texts(old: list[str], new: list[str]) -> None:
    pieces = differences(" ".join(old), " ".join(new))
    assert "".join(text for kind, text in pieces if kind != "ins") == " ".join(old)
    assert "".join(text for kind, text in pieces if kind != "del") == " ".join(new)


def test_what_is_far_from_a_change_is_left_out() -> None:
    words = [f"w{n}" for n in range(200)]
    pieces = differences(" ".join(words), " ".join([*words[:100], "new", *words[101:]]))
    assert ("del", "w100") in pieces
    assert ("ins", "new") in pieces
    assert sum(len(text.split()) for kind, text in pieces if kind == "same") < 30
    assert pieces[0] == ("gap", "…")


def test_a_very_long_text_is_compared_by_lines() -> None:
    lines = [f"line {n} of many" for n in range(MOST_WORDS)]
    changed = [*lines[:7], "another", *lines[8:]]
    pieces = differences("\n".join(lines), "\n".join(changed))
    assert ("ins", "another\n") in pieces


def test_a_question_is_compared_by_its_words() -> None:
    assert plain({"prompt": "که؟", "options": {"a": "این", "b": ""}, "accepted": {"x": ["یک", "دو"]}}) == (
        "که؟\nاین\nیک\nدو"
    )
