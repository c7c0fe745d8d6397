"""What every command begins with: the settings, the app, and lines on the console."""

import sys

import click
from flask import Flask

from lms import create_app
from lms.settings import Settings, SettingsError, read_settings


def command_settings() -> Settings:
    """The environment's settings; ends the command where one cannot be used."""
    try:
        return read_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def command_app(settings: Settings | None = None) -> Flask:
    """The app that a command works with."""
    return create_app(settings or command_settings())


def is_sqlite(settings: Settings) -> bool:
    """Whether the database is a file of the data folder's machine, used by one server at a time."""
    return settings.database_url.startswith("sqlite")


def say(text: str = "") -> None:
    """Print a line at once."""
    click.echo(text)
    sys.stdout.flush()
