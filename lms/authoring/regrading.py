"""What the pages of regrading show: which answers can be marked anew, and whose marks that changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from lms.cohorts.queries import Learner, learners_in
from lms.db import db
from lms.paging import Page
from lms.progress.queries import completions_among
from lms.quizzes.models import QuestionScoring, QuestionVersion
from lms.quizzes.policy_models import Regrade
from lms.quizzes.question_types import Content, shown_language, type_of
from lms.quizzes.regrade_queries import Counts, changes_of, counts_of, regrade_by_public_id, who_lose
from lms.quizzes.shown import marked_up
from lms.security.actor import Scope
from lms.training.models import Module


@dataclass(frozen=True)
class Regrading:
    """A regrade with its module and question."""

    regrade: Regrade
    module: Module
    version: QuestionVersion

    def scope(self) -> Scope:
        """The module's."""
        return self.module.scope()


def regrading(regrade_id: str) -> Regrading | None:
    """A regrade of a module that can be edited, by the id in its address."""
    found = regrade_by_public_id(regrade_id)
    module = db.session.get(Module, found.module_id) if found is not None else None
    if found is None or module is None or module.plugin is not None or module.archived_at is not None:
        return None
    return Regrading(found, module, db.session.get_one(QuestionVersion, found.question_version_id))


def prompt_of(version: QuestionVersion, language: str) -> Markup:
    """What a question asks."""
    text = version.rendered.get(shown_language(version.rendered, language), {})
    return Markup(text.get("prompt", ""))  # noqa: S704 - sanitized by the renderer


def key_in_words(version: QuestionVersion, scoring: Mapping[str, Any], language: str) -> list[str]:
    """A right answer by a scoring."""
    kind, content = type_of(version.type), Content(version.structure, scoring, version.text)
    text = marked_up(version.rendered.get(shown_language(version.rendered, language), {}))
    answer = kind.correct_answer(content, language)
    return kind.describe(answer, text) if answer is not None else []


@dataclass(frozen=True)
class RegradePage:
    """A regrade, looked through or done: counts first, then whose marks change."""

    found: Regrading
    counts: Counts
    changes: Page[Any]
    people: Mapping[int, Learner]
    #: People with an attempt that passes no more who have completed the module: they keep it.
    keep: int
    key: Sequence[str]


def regrade_page(found: Regrading, number: int, language: str, day: date) -> RegradePage:
    """Read a page of it; the number of statements is fixed."""
    changes = changes_of(found.regrade, number)
    people = learners_in(found.module.network_id, [row[1].person_id for row in changes.items], day)
    scoring = db.session.get_one(QuestionScoring, found.regrade.scoring_id).scoring
    return RegradePage(
        found=found,
        counts=counts_of(found.regrade),
        changes=changes,
        people=people,
        keep=completions_among(found.module.id, who_lose(found.regrade)),
        key=key_in_words(found.version, scoring, language),
    )
