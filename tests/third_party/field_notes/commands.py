"""What is asked of the notebook on the console."""

import click
from sqlalchemy import func, select

from field_notes.models import Note
from lms.db import db


@click.command()
def count() -> None:
    """Print how many notes there are."""
    click.echo(f"{db.session.scalar(select(func.count()).select_from(Note))} notes")
