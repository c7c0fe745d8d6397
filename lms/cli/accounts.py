"""`lms accounts`: what an operator at the console does for an account."""

import click

from lms.accounts.addresses import whole_address
from lms.accounts.models import Person
from lms.accounts.queries import person_signing_in_as
from lms.accounts.services import make_reset_token
from lms.accounts.services.resets import LIFE
from lms.cli.environment import command_app, say
from lms.clock import now
from lms.db import write_unit


@click.group()
def accounts() -> None:
    """Help people into their accounts."""


@accounts.command()
@click.argument("name")
def reset(name: str) -> None:
    """Print a link by which NAME (sign-in name or verified mail) chooses a new password, once, within the hour."""
    with command_app().app_context():
        person = person_signing_in_as(name)
        if person is None:
            raise click.ClickException(f"Nobody signs in as {name}.")
        say(f"Valid once, until {now() + LIFE:%H:%M} UTC:")
        say(_reset_link(person))


def _reset_link(person: Person) -> str:
    with write_unit():
        return whole_address("accounts.reset", lang=person.language, token=make_reset_token(person, now()))
