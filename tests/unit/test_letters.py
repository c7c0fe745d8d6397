"""Letters that count options."""

import pytest

from lms.formats import LANGUAGES, Formatter
from lms.formats.letters import letters_for
from lms.i18n import reading_as
from lms.quizzes.question_types import Content, type_of

CHOICE = Content({"options": ["c", "b", "k"]}, {"correct": ["b"]}, {"fa": {"prompt": "?"}})
WRITTEN = Content({"accepted": ["z", "a"]}, {"accepted": {}}, {"fa": {"prompt": "?"}})


@pytest.mark.parametrize(("language", "first"), [("fa", "الف ب پ ت ث"), ("ar", "أ ب ج د هـ"), ("en", "A B C D E")])
def test_the_first_letters_are_those_of_the_language(language: str, first: str) -> None:
    assert letters_for(language, 5) == first.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_never_run_out(language: str) -> None:
    found = letters_for(language, 60)
    assert len(set(found)) == len(found) == 60


@pytest.mark.parametrize(("language", "letter"), [("fa", "پ"), ("ar", "ج"), ("en", "C")])
def test_the_studio_calls_options_and_answers_by_their_place(language: str, letter: str) -> None:
    with reading_as(Formatter(language)):
        choice = {f.name: f.label for f in type_of("single_choice").author_fields(CHOICE, ["fa"])}
        written = {f.name: f.label for f in type_of("short_text").author_fields(WRITTEN, ["fa"])}
    assert choice["option.k.fa"].endswith(f" {letter}")
    assert choice["feedback.k.fa"].endswith(f" {letter}")
    assert letter in written["accepted.b.fa"].replace(",", " ").replace("،", " ").split()
