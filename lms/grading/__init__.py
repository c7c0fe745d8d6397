"""Answers that people grade: the queue, its leases, verdicts and their history."""

from flask import Flask

from lms.clock import now
from lms.i18n import lazy_gettext as _
from lms.navigation import Place, add_place
from lms.security.predicates import is_grader


def init_feature(app: Flask) -> None:
    """Register this feature's pages, listeners and place in the navigation."""
    from lms.grading.listeners import listen
    from lms.grading.notices import register_notices
    from lms.grading.privacy import register_privacy
    from lms.grading.queries import count_waiting
    from lms.grading.views import blueprint

    register_privacy()
    register_notices()
    listen()
    app.register_blueprint(blueprint)
    add_place(
        app,
        Place(
            "grading.queue",
            _("Grading"),
            "list",
            _("Teaching"),
            prefix="grading.",
            order=25,
            when=lambda who: is_grader(who, None),
            count=lambda who: count_waiting(who, now()),
        ),
    )
