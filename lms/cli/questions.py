"""`lms questions`: questions from and for other systems."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from lms.authoring.drafts.banks import add_folder, bank_of, find_bank
from lms.authoring.drafts.importing import import_chosen, keep_reading
from lms.authoring.drafts.whole import whole_parts
from lms.authoring.drafts.writing_trees import questions_of
from lms.cli.environment import command_app, say
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.exchange.items import Item, Verdict
from lms.exchange.reading import FORMATS as READABLE
from lms.exchange.reading import Wanted, read_questions
from lms.exchange.writing import FORMATS as WRITABLE
from lms.exchange.writing import write_questions
from lms.formats import LANGUAGES
from lms.training.publishing import tree_of
from lms.training.queries import modules_named


@click.group()
def questions() -> None:
    """Import questions into the site's bank; export those of the bank or of a module."""


@questions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(READABLE), help="Found out where it is not given.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of texts that do not say theirs; found out likewise.")
@click.option("--folder", default="", help="The bank's folder; named after the file where none is given.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of each question.")
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def import_(file: Path, format_: str | None, language: str | None, folder: str, dry_run: bool, as_json: bool) -> None:
    """Bring the questions of FILE (GIFT, Moodle XML, Aiken, QTI, a table, or an archive of these) into the bank."""
    with command_app().app_context():
        try:
            reading = read_questions(file.read_bytes(), file.name, Wanted(format_ or "", language or ""))
            imported = 0
            if not dry_run:
                with write_unit():
                    at: dict[str, Any] = {"actor_id": None, "now": now()}
                    part = add_folder(bank_of(None, **at), folder or file.stem, **at)
                    record = keep_reading(part, reading, file.name, **at)
                    imported = import_chosen(record, [item.number for item in reading.items], **at)
        except DomainError as error:
            raise click.ClickException(error.message) from error
        _report({"format": reading.format, "encoding": reading.encoding, "imported": imported}, reading.items, as_json)


@questions.command()
@click.option("--format", "format_", type=click.Choice(WRITABLE), required=True)
@click.option("--language", type=click.Choice(LANGUAGES), help="Only this one; else all that each question has.")
@click.option("--module", "module_name", default="", help="A published module (public id, key or plugin/key).")
@click.option("--tag", default="", help="Only questions with this tag.")
@click.option("--json", "as_json", is_flag=True, help="Say in JSON what became of each question.")
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export(format_: str, language: str | None, module_name: str, tag: str, as_json: bool, out: Path) -> None:
    """Write the questions of the site's bank, or of a module's current version, into the file OUT."""
    with command_app().app_context():
        asked = _of_module(module_name) if module_name else _of_bank()
        chosen = [question for question in asked if not tag or tag in question.get("tags", [])]
        written = write_questions(chosen, format_, language or "")
        out.write_bytes(written.body)
        count = sum(item.verdict is not Verdict.DROPPED for item in written.items)
        _report({"format": format_, "exported": count}, written.items, as_json)


def _of_bank() -> list[dict[str, Any]]:
    bank = find_bank(None)
    parts = whole_parts(bank.draft)[1:] if bank and bank.draft else []
    return [question for part in parts for question in questions_of(part)]


def _of_module(name: str) -> list[dict[str, Any]]:
    found = modules_named(name)
    if len(found) != 1 or found[0].current_version is None:
        raise click.ClickException(f"{name} names {len(found)} published modules; `lms modules list` shows public ids")
    tree = tree_of(found[0].current_version)
    return [question for quiz in tree.quizzes.values() for question in quiz["questions"]]


def _report(head: dict[str, Any], items: Sequence[Item], as_json: bool) -> None:
    if as_json:
        say(json.dumps({**head, "items": [_entry(item) for item in items]}, ensure_ascii=False, indent=2))
        return
    for item in items:
        say(f"{item.number}. {item.verdict.value}: {item.name}")
        for note in item.notes:
            say(f"   {note}")
    say(", ".join(f"{sum(i.verdict is verdict for i in items)} {verdict.value}" for verdict in Verdict))


def _entry(item: Item) -> dict[str, Any]:
    """An item for programs: the codes of what is said of it stay as they are, the messages are for people."""
    said = [{**note.as_json(), "message": str(note)} for note in item.notes]
    return {**item.as_json(), "verdict": item.verdict.value, "notes": said}
