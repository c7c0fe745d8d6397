"""Questions, quizzes, attempts, grading."""

from flask import Flask

from lms.plugins.registry import on_hook
from lms.storage import allow_upload


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners."""
    from lms.quizzes import jobs  # noqa: F401 - registers its job
    from lms.quizzes.checks import check_quiz
    from lms.quizzes.listeners import listen
    from lms.quizzes.privacy import register_privacy
    from lms.quizzes.question_types import register_types
    from lms.quizzes.upload_views import MOST_BYTES
    from lms.quizzes.views import blueprint
    from lms.training.checks import register_quiz_check

    on_hook(app, "question_types", lambda _plugin, types: register_types(types))
    register_quiz_check(check_quiz)
    register_privacy()
    listen()
    allow_upload(app, "quizzes.hand_in", MOST_BYTES)
    app.register_blueprint(blueprint)
