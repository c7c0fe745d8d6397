"""Running a service on a membership."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.organizations.models import Membership
from lms.organizations.queries import actor_of
from lms.security import Permission
from lms.security.guards import the_actor
from lms.security.policy import allows
from lms.text import isolate


def done(membership: Membership, service: Callable[..., object], message: str) -> ResponseReturnValue:
    """Run a service on a membership; say that it is done, or why not."""
    try:
        with write_unit():
            service(membership, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(message % {"name": isolate(membership.person.display_name)})
    return to_people(membership)


def to_people(membership: Membership) -> ResponseReturnValue:
    """Back to the people, for who still manages them."""
    still = allows(actor_of(the_actor().person_id), Permission.MANAGE_ORGANIZATION, membership.scope())
    if not still:
        return redirect(url_for("boards.my_organization"), 303)
    return redirect(url_for("boards.organization_people", public_id=membership.organization.public_id), 303)
