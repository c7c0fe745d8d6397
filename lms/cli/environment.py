"""What every command begins with: the settings, the app, and lines on the console."""

import sys
from typing import Any

import click
from flask import Flask

from lms import create_app
from lms.backup.swapping import PLAN, finish_swap
from lms.cli.holding import holding_alone
from lms.plugins.contract import PluginError
from lms.settings import Settings, SettingsError, read_settings


def command_settings(**overrides: Any) -> Settings:
    """The environment's settings, with `overrides` (by field name) on top; ends the command where one cannot be used.

    A restore that was interrupted while it put things into their places is completed first.
    """
    settings = _read(overrides)
    if (settings.data / PLAN).exists():
        with holding_alone(settings.data):
            finish_swap(settings.data)
        settings = _read(overrides)
    return settings


def _read(overrides: dict[str, Any]) -> Settings:
    try:
        return read_settings(**overrides)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def command_app(settings: Settings | None = None) -> Flask:
    """The app that a command works with; ends the command where a plugin stops the start."""
    try:
        return create_app(settings or command_settings())
    except PluginError as error:
        raise click.ClickException(str(error)) from error


def is_sqlite(settings: Settings) -> bool:
    """Whether the database is a file of the data folder's machine, used by one server at a time."""
    return settings.database_url.startswith("sqlite")


def say(text: str = "") -> None:
    """Print a line at once."""
    click.echo(text)
    sys.stdout.flush()
