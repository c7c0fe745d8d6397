"""Questions, quizzes, attempts, grading."""

from flask import Flask

from lms.plugins.registry import on_hook


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners."""
    from lms.quizzes import jobs, upload_views  # noqa: F401 - registers its job, and the pages for files
    from lms.quizzes.checks import check_quiz
    from lms.quizzes.entry_checks import entry_problems
    from lms.quizzes.listeners import listen
    from lms.quizzes.privacy import register_privacy
    from lms.quizzes.question_types import register_types
    from lms.quizzes.statistics import checking  # noqa: F401 - registers its check
    from lms.quizzes.views import blueprint
    from lms.training.checks import register_quiz_check, register_tree_check

    on_hook(app, "question_types", lambda _plugin, types: register_types(types))
    register_quiz_check(check_quiz)
    register_tree_check(entry_problems)
    register_privacy()
    listen()
    app.register_blueprint(blueprint)
