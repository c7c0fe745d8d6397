"""Organizations, networks, and who belongs where."""

from flask import Flask

from lms.accounts.current import current_person
from lms.organizations.queries import actor_of
from lms.security.actor import Actor


def init_feature(app: Flask) -> None:
    """Register this feature's pages and listeners, and tell the guards who acts."""
    app.extensions["lms_load_actor"] = load_actor


def load_actor() -> Actor | None:
    """The facts that the policy judges the present person by."""
    person = current_person()
    return actor_of(person.id) if person else None
