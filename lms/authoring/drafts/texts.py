"""Texts of a draft: saved one language at a time, never over somebody else's, and compared with their source."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.authoring.drafts.earlier import keep_earlier
from lms.authoring.drafts.fields import is_field
from lms.authoring.drafts.writing import hold, items_of
from lms.db import db
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.text import clean_line
from lms.training.block_kinds import find_kind
from lms.training.fences import clean_body
from lms.training.models import Draft, DraftItem, DraftPart, DraftText, PartKind

LONGEST_TEXT = 20_000
LONGEST_LINE = 300
LINE_FIELDS = frozenset({"title", "source"})


@dataclass(frozen=True)
class Seen:
    """A text as the page showed it: its revision (0: there was none) and what tells whether it was changed since."""

    revision: int = 0
    digest: str = ""

    @classmethod
    def read(cls, written: str) -> "Seen":
        """From the form in which a page carries it; nonsense counts as never seen."""
        revision, _dot, digest = written.partition(".")
        return cls(int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0, digest)

    def __str__(self) -> str:
        return f"{self.revision}.{self.digest}"


@dataclass(frozen=True)
class Typed:
    """What was typed for an item in a language, over what was seen; None: it was only shown."""

    text: str | None
    seen: Seen

    @property
    def changed(self) -> bool:
        """Whether it is other than what the page showed."""
        return self.text is not None and digest_of(self.text) != self.seen.digest


TypedTexts = Mapping[tuple[str, str], Typed]
"""By public id of the item, and language."""


@dataclass(frozen=True)
class Conflict:
    """A text that somebody else has saved since it was shown."""

    item: DraftItem
    language: str
    typed: str


def digest_of(text: str) -> str:
    """What tells two texts apart."""
    return hashlib.sha256(clean_body(text).encode()).hexdigest()[:12]


def seen_of(text: DraftText | None) -> Seen:
    """What a page notes of a text that it shows."""
    return Seen(text.revision, digest_of(text.body["text"])) if text else Seen(0, digest_of(""))


def by_language(item: DraftItem) -> dict[str, DraftText]:
    """The texts of an item."""
    return {text.language: text for text in item.texts}


def is_line(item: DraftItem) -> bool:
    """Whether a text is one line."""
    if is_field(item):
        return item.kind in LINE_FIELDS
    kind = find_kind(item.kind)
    return kind is not None and kind.one_line


def cleaned(item: DraftItem, text: str) -> str:
    """A text as it is stored. Raises DomainError where it is too long."""
    line = is_line(item)
    most = LONGEST_LINE if line else LONGEST_TEXT
    found = clean_line(text) if line else clean_body(text)
    if len(found) > most:
        raise DomainError(_("Write at most %(most)s characters.", most=reader().number(most)))
    return found


def save_texts(part: DraftPart, typed: TypedTexts, *, actor_id: int, now: datetime) -> list[Conflict]:
    """Save what was changed; give what could not be saved because somebody else saved it first.

    Raises DomainError for a text that is too long.
    """
    if not any(text.changed for text in typed.values()):
        return []
    draft = hold(part.draft_id, actor_id=actor_id, now=now)
    found: list[Conflict] = []
    for item in items_of(part):
        mine = {code: typed[item.public_id, code] for code in LANGUAGES if (item.public_id, code) in typed}
        if any(text.changed for text in mine.values()):
            found += _save_item(item, mine, draft.source_language, actor_id, now)
    if part.kind == PartKind.HEAD:
        _retitle(draft, part)
    return found


def _retitle(draft: Draft, head: DraftPart) -> None:
    """A module that was never published is listed under its draft's title."""
    if draft.module.current_version_id is None:
        title = next(item for item in items_of(head) if item.kind == "title")
        draft.module.titles = {code: text.body["text"] for code, text in by_language(title).items() if text.filled}


def _save_item(
    item: DraftItem, typed: dict[str, Typed], source: str, actor_id: int, now: datetime
) -> Iterable[Conflict]:
    """The source first: what is typed beside it follows it."""
    in_step = _sees_source(item, typed.get(source), source)
    for code in sorted(typed, key=lambda code: code != source):
        text = typed[code].text
        if text is None or not typed[code].changed:
            continue
        body = cleaned(item, text)
        stored = by_language(item).get(code)
        if stored is not None and stored.body["text"] == body:
            continue
        if stored is not None and stored.revision != typed[code].seen.revision:
            yield Conflict(item, code, text)
            in_step = in_step and code != source
        else:
            put_text(item, code, {"text": body}, source, filled=bool(body), in_step=in_step, by=actor_id, now=now)


def _sees_source(item: DraftItem, typed: Typed | None, source: str) -> bool:
    """Whether the page showed the source as it is."""
    original = by_language(item).get(source)
    return original is None or typed is None or typed.seen.revision == original.revision


def put_text(
    item: DraftItem,
    language: str,
    body: dict[str, Any],
    source: str,
    *,
    filled: bool,
    in_step: bool,
    by: int | None,
    now: datetime,
) -> DraftText:
    """Store a text. A changed source leaves the others behind; a changed translation that is `in_step` follows it."""
    texts = by_language(item)
    text = texts.get(language)
    if language == source:
        _leave_behind(texts, text)
    if text is None:
        text = DraftText(language=language, revision=0)
        item.texts.append(text)
    elif "text" in body:
        keep_earlier(text, body["text"], by=by, now=now)
    text.body, text.filled, text.revision = body, filled, text.revision + 1
    text.changed_at, text.changed_by_id = now, by
    if language != source and in_step:
        follow(text, texts.get(source))
    if language == source and text.revision == 1:
        for other in texts.values():
            follow(other, text)
    db.session.flush()
    return text


def _leave_behind(texts: dict[str, DraftText], original: DraftText | None) -> None:
    """Keep the source as it was for those that were in step with it, to show later what changed."""
    for text in texts.values():
        if original is not None and text is not original and text.based_on == original.revision:
            text.basis = original.body


def follow(text: DraftText, original: DraftText | None) -> None:
    """Say that a text is in step with its source as it is now."""
    text.based_on = original.revision if original else 0
    text.basis = None


def mark_current(item: DraftItem, language: str, *, seen: int, actor_id: int, now: datetime) -> bool:
    """Say that a text needs no change, having `seen` that revision of its source; False where that is an older one."""
    draft = hold(item.part.draft_id, actor_id=actor_id, now=now)
    texts = by_language(item)
    text, original = texts.get(language), texts.get(draft.source_language)
    if text is None or original is None or original.revision != seen:
        return False
    follow(text, original)
    return True
