"""A network admin's hand on an organization's way: awarding, and beginning anew after a revocation."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lms.boards.views.blueprint import blueprint
from lms.certification.models import Cycle
from lms.certification.queries import cycle_by_public_id
from lms.certification.services import award, start_again
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.post("/cycles/<public_id>/award")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle_award(cycle: Cycle) -> ResponseReturnValue:
    """Award a level whose requirements are all met."""
    actor_id = the_actor().person_id
    return _done(cycle, lambda: award(cycle, actor_id=actor_id, now=now()), _("The certificate is awarded."))


@blueprint.post("/cycles/<public_id>/again")
@require(Permission.MANAGE_NETWORK, target=cycle_by_public_id)
def cycle_again(cycle: Cycle) -> ResponseReturnValue:
    """Let an organization begin a level anew whose certificate was revoked."""
    actor_id = the_actor().person_id
    return _done(cycle, lambda: start_again(cycle, actor_id=actor_id, now=now()), _("The level has begun anew."))


def _done(cycle: Cycle, deed: Callable[[], object], message: str) -> ResponseReturnValue:
    try:
        with write_unit():
            deed()
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(message)
    return redirect(url_for("boards.organization", public_id=cycle.organization.public_id), 303)
