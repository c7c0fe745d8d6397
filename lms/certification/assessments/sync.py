"""Plugins' instruments: checked when the program starts, brought into the database with the rest of their content."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lms.certification.assessments.instruments import check_instrument, instrument_hash, read_instrument
from lms.certification.assessments.known import learn
from lms.certification.assessments.models import Instrument, InstrumentVersion
from lms.db import db, write_unit
from lms.plugins.contract import Plugin


def take_instruments(plugin: Plugin, paths: Sequence[Path]) -> None:
    """What the registry calls for each plugin when the app is made. Raises ValueError."""
    for content in _instruments_in(plugin, paths):
        learn(plugin.name, content["id"], content["title"])


def _instruments_in(plugin: Plugin, paths: Sequence[Path]) -> list[dict[str, Any]]:
    modules = [path.name for path in plugin.modules()]
    found = [(path.stem, read_instrument(path)) for path in paths]
    problems = [str(problem) for key, content in found for problem in check_instrument(content, key, modules)]
    if problems:
        raise ValueError("; ".join(problems))
    return [content for _key, content in found]


def sync_instruments(plugin: Plugin, now: datetime) -> list[str]:
    """Bring a plugin's instruments into the database; gives a line for each that changed.

    What changed is a new version; rounds go on with theirs. What is no longer brought is archived, never deleted.
    """
    done, brought = [], _instruments_in(plugin, plugin.instruments())
    for content in brought:
        done += _store(plugin.name, content, now)
    return done + _archive_missing(plugin.name, {content["id"] for content in brought}, now)


def _store(plugin: str, content: dict[str, Any], now: datetime) -> list[str]:
    known = db.session.scalars(
        select(Instrument).where(Instrument.plugin == plugin, Instrument.key == content["id"])
    ).one_or_none()
    digest, newest = instrument_hash(content), known.versions[-1] if known and known.versions else None
    if known and newest and known.archived_at is None and newest.content_hash == digest:
        return []
    with write_unit() as session:
        if known is None:
            known = Instrument(plugin=plugin, key=content["id"], titles=content["title"])
            session.add(known)
        known.titles, known.archived_at = content["title"], None
        number = newest.number if newest else 0
        if newest is None or newest.content_hash != digest:
            number += 1
            version = {"number": number, "content": content, "content_hash": digest, "created_at": now}
            session.add(InstrumentVersion(instrument=known, **version))
    return [f"{plugin}: {content['id']}, version {number} (instrument)"]


def _archive_missing(plugin: str, keys: set[str], now: datetime) -> list[str]:
    gone = db.session.scalars(
        select(Instrument).where(
            Instrument.plugin == plugin, Instrument.key.not_in(keys), Instrument.archived_at.is_(None)
        )
    ).all()
    if not gone:
        return []
    with write_unit():
        for instrument in gone:
            instrument.archived_at = now
    return [f"{plugin}: {instrument.key} is archived" for instrument in gone]
