"""Storing the quizzes of a version that was published: every question pinned, unchanged ones used again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lms.db import db
from lms.quizzes.models import Question, QuestionScoring, QuestionVersion, QuizQuestion, QuizVersion
from lms.quizzes.policies import POLICIES, Feedback, GradeRule
from lms.quizzes.question_types import type_of
from lms.training.models import Module, ModuleVersion
from lms.training.rendering import render_inline, render_markdown

BANK = "@bank"
DEFAULTS = {"attempts": 0, "shuffle": True, "show_key": "after_last_attempt"}
ENTRY = {
    "pass_mark": 0,
    "attempts": 1,
    "show_key": "never",
    "certainty": False,
    "grade_rule": GradeRule.BEST,
    "feedback": Feedback.AFTER_SUBMISSION,
}
"""The rules of an entry quiz, whatever its file says: it is taken once, passed by taking it, and gives no key away."""


def store_quizzes(version: ModuleVersion) -> list[QuizVersion]:
    """Store the quizzes of a version from its tree, in the order of the module's sequence."""
    bank = _Bank(version.module)
    places = [(at, item) for at, item in enumerate(version.manifest["sequence"]) if "quiz" in item]
    quizzes = [_quiz_version(version, version.tree["quizzes"][item["quiz"]], at, item, bank) for at, item in places]
    db.session.add_all(quizzes)
    db.session.flush()
    return quizzes


def _quiz_version(
    version: ModuleVersion, quiz: Mapping[str, Any], position: int, item: Mapping[str, Any], bank: "_Bank"
) -> QuizVersion:
    rules = {**DEFAULTS, **quiz, **(ENTRY if "before" in item else {})}
    return QuizVersion(
        module_version=version,
        key=quiz["id"],
        position=position,
        required=item.get("required", True),
        before=item.get("before"),
        titles=quiz["title"],
        intros=quiz.get("intro", {}),
        pass_mark=rules["pass_mark"],
        max_attempts=rules["attempts"],
        shuffle=rules["shuffle"],
        show_key=rules["show_key"],
        time_limit=quiz.get("time_limit"),
        **_policies(rules),
        questions=[
            QuizQuestion(
                question_version=bank.version_of(quiz["id"], question),
                position=at,
                mark=question["mark"],
                tags=question.get("tags", []),
                in_case=question.get("in_case", False),
                pool=question.get("pool"),
            )
            for at, question in enumerate(quiz["questions"], start=1)
        ],
    )


def _policies(quiz: Mapping[str, Any]) -> dict[str, Any]:
    """What an author may leave unsaid: columns by name, without those that keep their default."""
    days = {f"{name}_on": date.fromisoformat(quiz[name]) for name in ("opens", "closes") if name in quiz}
    return {**days, **{name: quiz[name] for name in POLICIES if name in quiz}}


class _Bank:
    """The questions of a module as they are stored, read once."""

    def __init__(self, module: Module) -> None:
        self.module = module
        query = select(Question).where(Question.module_id == module.id)
        versions = selectinload(Question.versions).selectinload(QuestionVersion.scorings)
        self.questions = {question.key: question for question in db.session.scalars(query.options(versions))}

    def version_of(self, quiz_key: str, asked: Mapping[str, Any]) -> QuestionVersion:
        """The stored version that asks exactly this, made where there is none; its last scoring is this one's."""
        # What is drawn from a bank is one question of the module, in whichever of its quizzes it is asked.
        question = self._question(f"{BANK if 'pool' in asked else quiz_key}/{asked['id']}")
        digest = content_hash(asked)
        version = next((known for known in question.versions if known.content_hash == digest), None)
        if version is None:
            version = _new_version(asked, digest, len(question.versions) + 1)
            question.versions.append(version)
        if not version.scorings or version.scorings[-1].scoring != asked["scoring"]:
            version.scorings.append(QuestionScoring(number=len(version.scorings) + 1, scoring=asked["scoring"]))
        return version

    def _question(self, key: str) -> Question:
        if key not in self.questions:
            module = self.module
            self.questions[key] = Question(
                module_id=module.id, key=key, network_id=module.network_id, plugin=module.plugin, versions=[]
            )
            db.session.add(self.questions[key])
        return self.questions[key]


def _new_version(asked: Mapping[str, Any], digest: str, number: int) -> QuestionVersion:
    return QuestionVersion(
        number=number,
        type=asked["type"],
        structure=asked["structure"],
        text=asked["text"],
        rendered=render_text(asked["type"], asked["text"]),
        content_hash=digest,
        scorings=[],
    )


def content_hash(asked: Mapping[str, Any]) -> str:
    """SHA-256 of what a question asks: type, structure and text, not its scoring."""
    content = [asked["type"], asked["structure"], asked["text"]]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def render_text(type_key: str, text: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The parts of a text that the learner sees, by language, as sanitized HTML; the others stay out of it."""
    kind = type_of(type_key)
    return {
        language: {
            **{name: _rendered(part[name], language) for name in kind.inline if name in part},
            **{name: render_markdown(part[name], language) for name in kind.blocks if name in part},
        }
        for language, part in text.items()
    }


def _rendered(value: Any, language: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _rendered(inner, language) for key, inner in value.items()}
    return render_inline(value, language)
