"""`lms credentials`: checking credentials, and the keys that this installation signs them with."""

import json
import os
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import inspect, make_url

from lms.certification.models import IssuerKey
from lms.certification.openbadges.checking import Outcome, Verdict, judge
from lms.certification.openbadges.checking.judging import no_register
from lms.certification.openbadges.given import Kept, means
from lms.certification.openbadges.refusals import Refused, Undecided
from lms.certification.openbadges.telling import told
from lms.cli.environment import command_app, is_sqlite, say
from lms.clock import now
from lms.db import db, write_unit
from lms.formats import LANGUAGES, Formatter
from lms.i18n import reading_as
from lms.settings import Settings
from lms.setup import settings_of

EXIT = {Outcome.GOOD: 0, Outcome.REFUSED: 1, Outcome.UNKNOWN: 2}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_FETCHES = 6


@click.group()
def credentials() -> None:
    """Check credentials (Open Badges 3.0), and keep the keys that sign them."""


def _language() -> str:
    """The console's, where it is one of ours."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return wanted[:2] if wanted[:2] in LANGUAGES else "en"


@credentials.command()
@click.argument("file", type=FILE)
@click.option("--status-list", "lists", type=FILE, multiple=True, help="A list of revocations of its issuer.")
@click.option("--did-document", "documents", type=FILE, multiple=True, help="The document with its issuer's keys.")
@click.option("--fetch", "may_fetch", is_flag=True, help="Fetch what is missing, and keep it for later checks.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--language", type=click.Choice(LANGUAGES), default=_language, help="Language of the reason.")
def verify(
    file: Path, lists: tuple[Path, ...], documents: tuple[Path, ...], may_fetch: bool, as_json: bool, language: str
) -> None:
    """Check FILE: JSON, JWT, or a badge as PNG or SVG, of any issuer.

    Ends with 0 where it is good, 1 where it is refused, 2 where that cannot be known.
    Nothing is fetched without --fetch.
    """
    app = command_app()
    given = [each.read_bytes() for each in lists], [each.read_bytes() for each in documents]
    with app.app_context(), reading_as(Formatter(language)):
        verdict = _verdict(app, file, *given)
        for _try in range(MOST_FETCHES if may_fetch else 0):
            if verdict.wanted is None or not _fetched(app, verdict.wanted):
                break
            verdict = _verdict(app, file, *given)
        _tell(verdict, as_json=as_json)
    raise SystemExit(EXIT[verdict.outcome])


def _verdict(app: Flask, file: Path, lists: list[bytes], documents: list[bytes]) -> Verdict:
    from lms.certification.openbadges.register import ask_register

    settings = settings_of(app)
    try:
        register = ask_register if _has_register(settings) else no_register
        return judge(file.read_bytes(), means(settings.data, lists, documents, register), now())
    except Refused as error:
        return Verdict(Outcome.UNKNOWN, error.message)


def _has_register(settings: Settings) -> bool:
    """Whether there is a database of ours here; a machine that only checks has none, and gets none."""
    file = make_url(settings.database_url).database
    if is_sqlite(settings) and not (file and Path(file).exists()):
        return False
    return inspect(db.engine).has_table(IssuerKey.__tablename__)


def _fetched(app: Flask, address: str) -> bool:
    from lms.certification.openbadges.fetching import fetch

    try:
        Kept(settings_of(app).data).keep(address, fetch(address))
    except Undecided as error:
        click.echo(error.message, err=True)
        return False
    return True


def _tell(verdict: Verdict, *, as_json: bool) -> None:
    facts = told(verdict.document)
    if as_json:
        values = {"outcome": verdict.outcome, "reason": verdict.reason, "wanted": verdict.wanted}
        if facts is not None:
            values |= {"title": facts.title, "issuer": facts.issuer_id}
        say(json.dumps(values, ensure_ascii=False))
        return
    say(verdict.reason)
    if facts is not None:
        say(f"  {facts.title}  {', '.join(facts.holders)}  {facts.issuer} ({facts.issuer_id})")


@credentials.command()
def keys() -> None:
    """Every key, the one in use first."""
    from lms.certification.openbadges.keys import did_key
    from lms.certification.openbadges.queries import issuer_keys
    from lms.certification.openbadges.sealed import seed_of

    with command_app().app_context():
        for key in issuer_keys():
            state = "in use" if key.in_use else f"retired {key.retired_at:%Y-%m-%d}"
            lost = "" if seed_of(key) else ", cannot be opened with this SECRET_KEY"
            say(f"{did_key(key.public_key)}  since {key.created_at:%Y-%m-%d}, {state}{lost}")


@credentials.command("rotate-key")
@click.confirmation_option(prompt="New credentials will be signed with a new key. Go on?")
def rotate_key() -> None:
    """Retire the key in use and make another. What the old one signed goes on to verify."""
    from lms.certification.openbadges.keys import did_key
    from lms.certification.openbadges.services import rotate_key as rotate

    with command_app().app_context():
        with write_unit():
            key = rotate(now())
        say(f"{did_key(key.public_key)} is in use.")
