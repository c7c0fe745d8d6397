"""`lms accounts`: what an operator at the console does for an account."""

import click

from lms.accounts.addresses import whole_address
from lms.accounts.models import Person
from lms.accounts.queries import person_signing_in_as
from lms.accounts.services import make_reset_token, take_second_factor
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
        person = _person(name)
        say(f"Valid once, until {now() + LIFE:%H:%M} UTC:")
        say(_reset_link(person))


@accounts.command("drop-second-factor")
@click.argument("name")
def drop_second_factor(name: str) -> None:
    """Let NAME sign in by password alone, once phone and printed codes are lost; her sessions end."""
    with command_app().app_context():
        person = _person(name)
        if person.totp_confirmed_at is None:
            raise click.ClickException(f"{name} has no second factor.")
        with write_unit():
            take_second_factor(person, now())
        say(f"{name} signs in without a code. If her role needs one, she is asked to set up another.")


def _person(name: str) -> Person:
    person = person_signing_in_as(name)
    if person is None:
        raise click.ClickException(f"Nobody signs in as {name}.")
    return person


def _reset_link(person: Person) -> str:
    with write_unit():
        return whole_address("accounts.reset", lang=person.language, token=make_reset_token(person, now()))
