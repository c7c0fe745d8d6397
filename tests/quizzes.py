"""Makers of quizzes and attempts for tests: one question of each type, in three languages unless told otherwise."""

import uuid
from datetime import datetime
from itertools import count
from typing import Any

from lms.accounts.models import Person
from lms.clock import now
from lms.db import write_unit
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.queries import questions_of
from lms.quizzes.question_types import type_of
from lms.quizzes.services import save_response, start_attempt, store_quizzes, submit_attempt
from lms.training.models import Module, ModuleVersion

CODES = ("fa", "ar", "en")
RIGHT: dict[str, list[str]] = {
    "first-use": ["b"],
    "needs": ["a", "c"],
    "must-sign": ["false"],
    "word": ["شبکه‌سازی"],
    "votes": ["۸"],
}
"""What a form holds that answers each question right."""
WRONG = {"first-use": ["a"], "needs": ["b"], "must-sign": ["true"], "word": ["چتر"], "votes": ["7"]}
_number = count(1)


def question(key: str, kind: str, structure: Any, scoring: Any, **text: Any) -> dict[str, Any]:
    """A question as in a quiz file, its text alike in every language but for a mark of the language."""
    texts = {code: {"prompt": f"{key} **{code}**", **text} for code in CODES}
    return {"id": key, "type": kind, "mark": 1, "structure": structure, "scoring": scoring, "text": texts}


def options(*keys: str) -> dict[str, Any]:
    """Options and feedback of a choice."""
    return {"options": {k: f"Option {k}" for k in keys}, "feedback": {k: f"About {k}." for k in keys}}


def questions() -> list[dict[str, Any]]:
    """A question of each type."""
    words = {"accepted": {"full": ["شبکه‌سازی", "التشبيك", "networking"]}, "feedback": {"other": "Read lesson 1."}}
    rules = {"accepted": {"full": {"share": 1, "mode": "folded"}}}
    both = {"correct": ["a", "c"], "partial": True}
    return [
        question("first-use", "single_choice", {"options": ["a", "b"]}, {"correct": ["b"]}, **options("a", "b")),
        question("needs", "multiple_choice", {"options": ["a", "b", "c"]}, both, **options("a", "b", "c")),
        question("must-sign", "true_false", {}, {"correct": ["false"]}, feedback={"true": "Nobody must."}),
        question("word", "short_text", {"accepted": ["full"]}, rules, **words),
        question("votes", "numeric", {}, {"answer": 8, "tolerance": 0}, unit="votes", feedback={"wrong": "Of 12."}),
    ]


def quiz_file(asked: list[dict[str, Any]] | None = None, **rules: Any) -> dict[str, Any]:
    """A quiz as in its file."""
    return {
        "format_version": 1,
        "id": "final",
        "title": {"fa": "آزمون پایانی", "ar": "الاختبار النهائي", "en": "Final quiz"},
        "intro": {"fa": "پنج پرسش.", "ar": "خمسة أسئلة.", "en": "Five questions."},
        "pass_mark": 60,
        "attempts": 3,
        "shuffle": False,
        "show_key": "after_last_attempt",
        "questions": questions() if asked is None else asked,
        **rules,
    }


def make_version(quiz: dict[str, Any], module: Module | None = None, edition: ModuleVersion | None = None) -> Any:
    """Publish a module of one quiz: as a first edition, or over another version (`edition`: as its correction)."""
    with write_unit() as session:
        module = module or Module(key=f"module-{next(_number)}", titles={"fa": "ماژول", "ar": "وحدة", "en": "Module"})
        version = ModuleVersion(
            module=module,
            number=next(_number),
            edition_id=edition.edition_id if edition else None,
            manifest={
                "source_language": "fa",
                "languages": list(CODES),
                "title": module.titles,
                "sequence": [{"quiz": quiz["id"], "required": True}],
            },
            content_hash="",
            tree={"lessons": {}, "quizzes": {quiz["id"]: quiz}},
            published_at=now(),
        )
        session.add(version)
        session.flush()
        version.edition_id = version.edition_id or version.id
        module.current_version_id = version.id
        (stored,) = store_quizzes(version)
    return stored


def make_quiz(asked: list[dict[str, Any]] | None = None, **rules: Any) -> QuizVersion:
    """A published quiz."""
    stored: QuizVersion = make_version(quiz_file(asked, **rules))
    return stored


def begin(quiz: QuizVersion, person: Person, at: datetime | None = None, language: str = "fa") -> Attempt:
    """An attempt under way."""
    with write_unit():
        return start_attempt(person.id, quiz, language, at or now())


def key_of(asked: Any) -> str:
    """The key by which a question's file names it."""
    return str(asked.question_version.question.key.split("/")[1])


def answer_all(attempt: Attempt, given: dict[str, list[str]], at: datetime | None = None) -> None:
    """Save what `given` has for each question key."""
    with write_unit():
        for asked in questions_of(attempt):
            version = asked.question_version
            answer = type_of(version.type).read_answer(version.structure, {"answer": given.get(key_of(asked), [])})
            client = str(uuid.uuid4())
            save_response(
                attempt, asked.position, answer, client_uid=client, sequence=1, language="fa", now=at or now()
            )


def finish(attempt: Attempt, given: dict[str, list[str]], at: datetime | None = None) -> Attempt:
    """Answer and submit."""
    answer_all(attempt, given, at)
    with write_unit():
        return submit_attempt(attempt, "fa", at or now())


def rubric_text(*criteria: str) -> dict[str, Any]:
    """The words of a rubric of two levels."""
    return {
        "criteria": {key: f"Criterion {key}" for key in criteria},
        "levels": {key: {"low": f"Weak {key}", "high": f"Strong {key}"} for key in criteria},
    }


def rubric(*criteria: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Structure and scoring of a rubric: 0 points for `low`, 4 for `high`."""
    structure = {"criteria": [{"id": key, "levels": ["low", "high"]} for key in criteria]}
    return structure, {"points": {key: {"low": 0, "high": 4} for key in criteria}}


def essay(key: str = "plan", mark: float = 4) -> dict[str, Any]:
    """An essay graded by two criteria."""
    structure, scoring = rubric("clear", "useful")
    return {**question(key, "essay", structure, scoring, **rubric_text("clear", "useful")), "mark": mark}


def survey(key: str = "mood") -> dict[str, Any]:
    """A survey of two statements on a scale of three."""
    words = {
        "statements": {"a": "We know each other.", "b": "We meet."},
        "scale": {"1": "no", "2": "partly", "3": "yes"},
    }
    return {**question(key, "survey_scale", {"statements": ["a", "b"], "points": 3}, {}, **words), "mark": 0}


def case_study(key: str = "story") -> dict[str, Any]:
    """A case, to be followed by questions that say `in_case`."""
    return {**question(key, "case_study", {}, {}, body="Six associations met.\n\nThen they **signed**."), "mark": 0}


def upload_question(key: str = "agreement", mark: float = 4, **rules: Any) -> dict[str, Any]:
    """A question to hand files in to."""
    structure, scoring = rubric("clear", "useful")
    limits = {"kinds": ["document", "image"], "most_files": 2, "most_megabytes": 1, **rules}
    asked = question(key, "file_upload", {**limits, **structure}, scoring, **rubric_text("clear", "useful"))
    return {**asked, "mark": mark}
