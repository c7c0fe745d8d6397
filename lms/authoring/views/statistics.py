"""Statistics of quizzes and questions."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring.question_statistics import question_page
from lms.authoring.statistics import SORTS, QuizPage, QuizTarget, module_of, quiz_page, quiz_target
from lms.authoring.statistics_sheet import questions_sheet
from lms.authoring.statistics_words import ADVICE, FLAGS, attempts_in_words, flags_in_words
from lms.authoring.views.blueprint import blueprint
from lms.db import read_snapshot, write_unit
from lms.i18n import gettext as _
from lms.i18n import language
from lms.jobs import enqueue
from lms.quizzes.statistics.counting import count_anew
from lms.quizzes.statistics.portions import CannotBeCounted, count_portion
from lms.quizzes.statistics.reading import counts_at, quizzes_of
from lms.reports.sending import download
from lms.reports.sheets import FORMATS
from lms.security import Permission, require
from lms.training.models import Module

PORTIONS = 5
"""Of attempts, counted while the page waits; a job counts what is left."""
_QUIZ = "/studio/m/<module_id>/statistics/<int:edition>/<quiz_key>"


@blueprint.get("/studio/m/<module_id>/statistics/")
@require(Permission.SEE_STATISTICS, target=module_of)
def statistics(module: Module) -> str:
    """The quizzes of a module."""
    quizzes = quizzes_of(module.id)
    return render_template("authoring/statistics.html", module=module, quizzes=quizzes, counts=counts_at(module.id))


@blueprint.get(f"{_QUIZ}/")
@require(Permission.SEE_STATISTICS, target=quiz_target)
def statistics_quiz(target: QuizTarget) -> str:
    """A quiz and its questions."""
    read_snapshot()
    page, sort = _page(target), request.args.get("sort", "")
    return render_template(
        "authoring/statistics_quiz.html",
        page=page,
        rows=page.sorted_rows(sort),
        sort=sort if sort in SORTS else "",
        which=attempts_in_words(page),
        **_words(),
        **_links(target, page, ".statistics_quiz"),
    )


def _page(target: QuizTarget) -> QuizPage:
    return quiz_page(target, language(), **_asked())


def _asked() -> dict[str, Any]:
    return {"later": request.args.get("attempts") == "all", "only": request.args.get("language")}


def _words() -> dict[str, Any]:
    return {"flags_in_words": flags_in_words, "flag_words": FLAGS, "advice": ADVICE}


def _links(target: QuizTarget, page: QuizPage, endpoint: str) -> dict[str, Any]:
    """Links to the same page, or to another one about the same attempts."""
    values: dict[str, Any] = {**target.address, "language": page.wanted.language}
    values["attempts"] = "all" if page.wanted.later else None

    def link(to: str = endpoint, **changed: Any) -> str:
        found: dict[str, Any] = {**values, **changed}
        if to == ".statistics_question":
            found.setdefault("question_id", target.question_id)
        return url_for(to, **found)

    return {"link": link}


@blueprint.post(f"{_QUIZ}/")
@require(Permission.SEE_STATISTICS, target=quiz_target)
def statistics_count(target: QuizTarget) -> ResponseReturnValue:
    """Count the attempts that wait, or all of them anew."""
    if request.form.get("do") == "anew":
        with write_unit():
            count_anew(target.quiz)
    try:
        if all(count_portion(target.quiz) for _portion in range(PORTIONS)):
            _count_later()
    except CannotBeCounted as error:
        flash(error.message, "due")
    return redirect(url_for(".statistics_quiz", **target.address), 303)


def _count_later() -> None:
    with write_unit():
        enqueue("count_attempts", {})
    flash(_("The attempts are being counted. Load the page again after a while."))


@blueprint.get(f"{_QUIZ}/<question_id>/")
@require(Permission.SEE_STATISTICS, target=quiz_target)
def statistics_question(target: QuizTarget) -> str:
    """One question."""
    read_snapshot()
    found = question_page(target, language(), **_asked())
    if found is None:
        abort(404)
    return render_template(
        "authoring/statistics_question.html",
        found=found,
        page=found.page,
        row=found.row,
        which=attempts_in_words(found.page),
        **_words(),
        **_links(target, found.page, ".statistics_question"),
    )


@blueprint.get(f"{_QUIZ}/file/<file_format>")
@require(Permission.SEE_STATISTICS, target=quiz_target)
def statistics_file(target: QuizTarget) -> Response:
    """The table of questions as a file."""
    if target.file_format not in FORMATS:
        abort(404)
    read_snapshot()
    return download(questions_sheet(_page(target)), target.file_format)
