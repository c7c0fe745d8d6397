"""Which passphrase a backup is sealed or opened with."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from lms.backup.passphrases import KEPT_CODE, keep_code, kept_code, new_recovery_code
from lms.cli.environment import say

VARIABLE = "LMS_BACKUP_PASSPHRASE"

passphrase_file = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"A file whose first line is the passphrase (or the variable {VARIABLE}).",
)


def given_passphrase(file: Path | None) -> str | None:
    """The operator's own passphrase, where there is one. Ends the command when it is empty."""
    if file is None:
        return os.environ.get(VARIABLE) or None
    lines = file.read_text("utf-8").splitlines()
    if not lines or not lines[0].strip():
        raise click.ClickException(f"{file} is empty; its first line is the passphrase.")
    return lines[0]


def sealing_passphrase(data: Path, file: Path | None, *, fresh: bool) -> str:
    """The operator's passphrase, else this installation's recovery code: made and printed the first time."""
    given = given_passphrase(file)
    if given:
        return given
    kept = None if fresh else kept_code(data)
    if kept:
        made = datetime.fromtimestamp((data / KEPT_CODE).stat().st_mtime, UTC)
        say(f"Sealed with the recovery code that was printed on {made:%Y-%m-%d}.")
        return kept
    code = new_recovery_code()
    keep_code(data, code)
    say(f"Recovery code: {code}")
    say("Write it down and keep it away from this machine. It opens this backup and the next ones; without it")
    say("nobody can. It is not shown again.")
    return code


def opening_passphrase(file: Path | None) -> str:
    """The operator's passphrase, else what is typed."""
    given = given_passphrase(file)
    if given:
        return given
    at_console = sys.stdin.isatty()
    typed: str = click.prompt("Passphrase or recovery code", hide_input=at_console, err=True)
    return typed
