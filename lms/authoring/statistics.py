"""What the pages of statistics show: figures of a quiz and of its questions, for a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup
from sqlalchemy import select

from lms.authoring.regrading import prompt_of
from lms.db import db
from lms.organizations.models import Network
from lms.quizzes.question_types import QuestionType, find_type
from lms.quizzes.statistics import formulas
from lms.quizzes.statistics.figures import (
    OfQuestion,
    QuestionFigures,
    QuizFigures,
    Wanted,
    consistency,
    question_figures,
    quiz_figures,
)
from lms.quizzes.statistics.gathering import QuizOf
from lms.quizzes.statistics.groups import InLanguage, by_language, shown_languages
from lms.quizzes.statistics.reading import Asked, Kept, ListedQuiz, kept_of, quizzes_of
from lms.security.actor import Scope
from lms.training.models import Module

USUAL_THRESHOLD = 5
"""People below whom a language is hidden where no network says otherwise."""
SORTS = ("facility", "discrimination", "seconds")


def module_of(module_id: str) -> Module | None:
    """A module that was published; plugins' ones too."""
    query = select(Module).where(
        Module.public_id == module_id, Module.archived_at.is_(None), Module.current_version_id.is_not(None)
    )
    return db.session.scalar(query)


@dataclass(frozen=True)
class QuizTarget:
    """A quiz of an edition of a module; of a page about one of its questions, which one, and of a file, which kind."""

    module: Module
    listed: ListedQuiz
    question_id: str = ""
    file_format: str = ""

    def scope(self) -> Scope:
        """The module's."""
        return self.module.scope()

    @property
    def quiz(self) -> QuizOf:
        """What is counted."""
        return QuizOf(self.module.id, self.listed.edition_id, self.listed.key)

    @property
    def address(self) -> dict[str, Any]:
        """The values of its address."""
        return {"module_id": self.module.public_id, "edition": self.listed.number, "quiz_key": self.listed.key}


def quiz_target(
    module_id: str, edition: int, quiz_key: str, question_id: str = "", file_format: str = ""
) -> QuizTarget | None:
    """The quiz that an address names."""
    module = module_of(module_id)
    if module is None:
        return None
    named = (each for each in quizzes_of(module.id) if (each.number, each.key) == (edition, quiz_key))
    listed = next(named, None)
    return QuizTarget(module, listed, question_id, file_format) if listed else None


@dataclass(frozen=True)
class Row:
    """A question as it is listed."""

    asked: Asked
    #: Its place in the quiz, cases left out; None: it is not asked any more.
    number: int | None
    prompt: Markup
    kind: QuestionType
    #: What is counted of it in the attempts asked for.
    sums: OfQuestion
    figures: QuestionFigures
    #: In each language of which something may be told.
    languages: Sequence[InLanguage]

    @property
    def differing(self) -> list[InLanguage]:
        """The languages in which it behaves differently."""
        return [each for each in self.languages if each.differs]


@dataclass(frozen=True)
class QuizPage:
    """A quiz's statistics."""

    target: QuizTarget
    kept: Kept
    wanted: Wanted
    threshold: int
    #: Those of which something may be told: that which was written first, then those with the most people.
    languages: Sequence[str]
    rows: Sequence[Row]

    @cached_property
    def figures(self) -> QuizFigures:
        """Of the quiz."""
        return quiz_figures(self.kept.cuts, self.wanted)

    @cached_property
    def alpha(self) -> float | None:
        """Cronbach's."""
        return consistency(((row.sums, row.figures) for row in self.rows), self.figures)

    @property
    def error(self) -> float | None:
        """The standard error of measurement."""
        return formulas.standard_error(self.figures.deviation, self.alpha)

    @property
    def by_language(self) -> list[tuple[str, QuizFigures]]:
        """The quiz in each language of which something may be told."""
        later = self.wanted.later
        return [(code, quiz_figures(self.kept.cuts, Wanted(later=later, language=code))) for code in self.languages]

    @property
    def hides(self) -> bool:
        """Whether a language is hidden."""
        return any(cut.language not in self.languages for cut, _counts in self.kept.cuts)

    def sorted_rows(self, by: str) -> list[Row]:
        """The rows in the order of one of SORTS, the lowest first and the unknown last; else in the quiz's order."""
        if by not in SORTS:
            return list(self.rows)
        known = [(getattr(row.figures, by), at, row) for at, row in enumerate(self.rows)]
        found = sorted(((value, at, row) for value, at, row in known if value is not None), key=lambda each: each[:2])
        return [each[2] for each in found] + [row for value, _at, row in known if value is None]


def quiz_page(target: QuizTarget, language: str, *, later: bool, only: str | None) -> QuizPage:
    """Read it; the number of statements is fixed. `only` is a language, left out where it may not be told of."""
    kept, threshold = kept_of(target.quiz), _threshold(target.module)
    languages = _shown(kept, threshold, _source_of(target.module))
    wanted = Wanted(later=later, language=only if only in languages else None)
    rows = _rows(kept, wanted, languages, language, threshold)
    return QuizPage(target, kept, wanted, threshold, languages, rows)


def _threshold(module: Module) -> int:
    network = db.session.get(Network, module.network_id) if module.network_id else None
    return network.threshold if network else USUAL_THRESHOLD


def _source_of(module: Module) -> str:
    """The language that the others are translated from."""
    version = module.current_version
    return version.manifest.get("source_language", "") if version else ""


def _shown(kept: Kept, threshold: int, source: str) -> list[str]:
    """A person counts once: with her first attempt."""
    people = {cut.language: quiz_figures(kept.cuts, Wanted(language=cut.language)).people for cut, _counts in kept.cuts}
    return sorted(shown_languages(people, threshold), key=lambda code: (code != source, -people[code], code))


def _rows(kept: Kept, wanted: Wanted, languages: Sequence[str], language: str, threshold: int) -> list[Row]:
    asked = [(each, kind) for each in kept.questions if (kind := find_type(each.version.type)) and kind.asks]
    sums = [_worded(each, languages) for each, _kind in asked]
    compared = by_language(sums, languages, later=wanted.later, by_certainty=kept.version.certainty)
    rows, number = [], 0
    for (each, kind), in_languages in zip(asked, compared, strict=True):
        number += each.position is not None
        place = number if each.position is not None else None
        own = each.sums.only(wanted)
        # Where questions are drawn, one is asked of fewer people than the quiz has.
        told = [one for one in in_languages if one.answers >= threshold]
        rows.append(Row(each, place, prompt_of(each.version, language), kind, own, question_figures(own), told))
    return rows


def _worded(asked: Asked, languages: Sequence[str]) -> OfQuestion:
    """Its sums in the languages in which it is written: who reads Arabic read it in another one where it has none."""
    written = {code for version in asked.versions for code in version.text}
    return OfQuestion([each for each in asked.sums.counts if each[0].language in written & set(languages)])
