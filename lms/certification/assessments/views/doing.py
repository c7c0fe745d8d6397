"""Running a service on a round."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.certification.assessments.models import Round
from lms.db import write_unit
from lms.errors import DomainError


def done(found: Round, deed: Callable[[], object], message: str) -> ResponseReturnValue:
    """Run it; say that it is done, or why not; back to the round."""
    try:
        with write_unit():
            deed()
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(message)
    return to_round(found)


def to_round(found: Round) -> ResponseReturnValue:
    """Go to the page of a round."""
    return redirect(url_for("assessments.round_page", round_id=found.public_id), 303)
