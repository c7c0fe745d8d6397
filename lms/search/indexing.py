"""Keeping what can be found in step with what is published."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete

from lms.db import db
from lms.search.models import SearchEntry
from lms.text import search_text


@dataclass(frozen=True)
class Entry:
    """A lesson (its key) or the module itself (no key) in one language: title and words as written."""

    key: str
    language: str
    title: str
    text: str


def index_module(module_id: int, entries: Iterable[Entry]) -> None:
    """Let exactly these be found of a module; flushes."""
    db.session.execute(delete(SearchEntry).where(SearchEntry.module_id == module_id))
    db.session.add_all(_row(module_id, entry) for entry in entries)
    db.session.flush()


def _row(module_id: int, entry: Entry) -> SearchEntry:
    return SearchEntry(
        module_id=module_id,
        key=entry.key,
        language=entry.language,
        title=entry.title,
        text=entry.text,
        folded_title=folded_words(entry.title, entry.language),
        folded=folded_words(f"{entry.title}\n{entry.text}", entry.language),
    )


def folded_words(text: str, language: str) -> str:
    """The words under which a text is found, each once and with a space before it: a term is found as " term"."""
    return "".join(f" {word}" for word in dict.fromkeys(search_text(text, language).split()))
