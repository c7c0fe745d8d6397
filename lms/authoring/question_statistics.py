"""What the page of one question's statistics shows: who answered what, versions, where to edit it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select

from lms.authoring.statistics import QuizPage, QuizTarget, Row, quiz_page
from lms.db import db
from lms.quizzes.models import QuestionScoring, QuestionVersion
from lms.quizzes.question_types import Content, QuestionType, shown_language
from lms.quizzes.shown import marked_up
from lms.quizzes.statistics.buckets import LONGEST_KEY
from lms.quizzes.statistics.facts import BLANK
from lms.quizzes.statistics.figures import QuestionFigures, question_figures
from lms.quizzes.statistics.groups import GROUPS, Answers, answers_of, by_group, group_of
from lms.quizzes.statistics.reading import answers_to
from lms.training.models import Draft, DraftItem, DraftPart


@dataclass(frozen=True)
class AnswerRow:
    """An answer in words."""

    #: None: no answer; empty: those that too few gave to be told.
    said: str | Markup | None
    is_right: bool
    answers: Answers


@dataclass(frozen=True)
class QuestionPage:
    """A question's statistics."""

    page: QuizPage
    row: Row
    answers: Sequence[AnswerRow]
    #: How many were asked, of each third.
    groups: Sequence[int]
    versions: Sequence[tuple[QuestionVersion, QuestionFigures]]
    #: In the studio's draft, where it is there.
    item_id: str | None


def question_page(target: QuizTarget, language: str, *, later: bool, only: str | None) -> QuestionPage | None:
    """Read it; None where the quiz has no such question."""
    page = quiz_page(target, language, later=later, only=only)
    row = next((each for each in page.rows if str(each.asked.question.uid) == target.question_id), None)
    if row is None:
        return None
    version = row.asked.version
    sums = row.asked.of_version(version).only(page.wanted)
    right = _right(row.kind, version)
    wanted = [*_choices(row.kind, version), *sorted(right)]
    found = answers_of(answers_to(target.quiz, version.id, page.wanted, wanted), sums.strata)
    return QuestionPage(
        page=page,
        row=row,
        answers=_in_words(row, right, [*found, *_not_given(wanted, found)], language, page.threshold),
        groups=by_group(sums.strata, group_of(sums.strata)),
        versions=[
            (each, question_figures(row.asked.of_version(each).only(page.wanted))) for each in row.asked.versions
        ],
        item_id=_item_of(target, row.asked.question.key),
    )


def _item_of(target: QuizTarget, key: str) -> str | None:
    if target.module.plugin is not None:
        return None
    part, _slash, item = key.partition("/")
    query = (
        select(DraftItem.public_id)
        .join(DraftPart, DraftPart.id == DraftItem.part_id)
        .join(Draft, Draft.id == DraftPart.draft_id)
        .where(Draft.module_id == target.module.id, DraftPart.key == part, DraftItem.key == item)
        .where(DraftItem.removed_at.is_(None), DraftPart.removed_at.is_(None))
    )
    return db.session.scalar(query)


def _in_words(row: Row, right: set[str], found: Sequence[Answers], language: str, threshold: int) -> list[AnswerRow]:
    """What somebody wrote herself is told only where enough wrote the same."""
    kind, rendered = row.kind, row.asked.version.rendered
    text = marked_up(rendered.get(shown_language(rendered, language), {}))
    rows: list[AnswerRow] = []
    few: list[Answers] = []
    for each in found:
        if each.key == BLANK:
            rows.append(AnswerRow(None, is_right=False, answers=each))
        elif kind.free_text and each.key not in right and each.count < threshold:
            few.append(each)
        else:
            rows.append(AnswerRow(kind.summary_label(each.key, text), each.key in right, each))
    if few:
        together = tuple(sum(counts) for counts in zip(*(each.by_group for each in few), strict=True))
        rows.append(AnswerRow("", is_right=False, answers=Answers("", sum(each.count for each in few), together)))
    return rows


def _not_given(keys: Sequence[str], found: Sequence[Answers]) -> list[Answers]:
    """Choices and right answers that nobody gave, each once."""
    given = {each.key for each in found}
    return [Answers(key, 0, (0,) * GROUPS) for key in dict.fromkeys(keys) if key not in given]


def _choices(kind: QuestionType, version: QuestionVersion) -> list[str]:
    """What can be chosen, as it is counted."""
    return [key[:LONGEST_KEY] for key in kind.summary_choices(version.structure)]


def _right(kind: QuestionType, version: QuestionVersion) -> set[str]:
    """What a right answer counts for, by the scoring that holds."""
    query = select(QuestionScoring.scoring).where(QuestionScoring.question_version_id == version.id)
    scoring = db.session.scalars(query.order_by(QuestionScoring.number.desc()).limit(1)).one()
    content = Content(version.structure, scoring, version.text)
    answers = [kind.correct_answer(content, code) for code in version.text]
    return {key[:LONGEST_KEY] for answer in answers if answer is not None for key in kind.summary_keys(answer)}
