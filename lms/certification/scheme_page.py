"""A network's scheme as its page shows it: what it says in the reader's language or another, how it came to be so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lms.certification.models import Revision
from lms.certification.queries import Rules, local_day, makers_of, revisions_of
from lms.certification.requirement_types import Titles
from lms.certification.scheme_differences import LevelDifference, differences, titles_for
from lms.certification.scheme_words import LevelWords, level_words
from lms.clock import now
from lms.db import text_of
from lms.formats import Formatter
from lms.i18n import language, reader, reading_as
from lms.organizations.models import Network


@dataclass(frozen=True)
class RevisionWords:
    """A revision, and what it changed."""

    number: int
    starts_on: date
    reaches_running: bool
    made_at: datetime
    #: Who made it, where the reader may know and somebody did.
    maker: str
    note: str
    is_cancelled: bool
    #: A later change began no later than this one would have: it was or will be in force on no day.
    is_replaced: bool
    is_coming: bool
    #: None: it was the first.
    differences: list[LevelDifference] | None


@dataclass(frozen=True)
class SchemePage:
    """The page; `language` is the one that the scheme is told in."""

    language: str
    name: str
    starts_on: date | None
    levels: list[LevelWords]
    #: The newest first.
    revisions: list[RevisionWords]

    @property
    def coming(self) -> list[RevisionWords]:
        """Changes that have not begun."""
        return [each for each in self.revisions if each.is_coming]


def scheme_page(network: Network, code: str, *, names_makers: bool) -> SchemePage:
    """What a network's scheme says today, in a language, and its revisions: a fixed number of statements."""
    revisions = revisions_of(network.id)
    in_force = tuple(each for each in revisions if each.cancelled_at is None)
    if not in_force:
        return SchemePage(code, "", None, [], [])
    day = local_day(network, now())
    makers = makers_of(revisions) if names_makers else {}
    # Of those that were cancelled too: their levels are told by what they were to be called.
    titles = titles_for(revisions, Rules(in_force[0].scheme_id, tuple(revisions)))
    with reading_as(_reader(code)):
        current = Rules(in_force[0].scheme_id, in_force).on(day)
        levels = [level_words(rule, titles, day) for rule in current.levels]
    replaced = {each.number for each in in_force[1:] if _is_replaced(each, in_force)}
    told = [_told(each, before, titles, makers, day, replaced) for each, before in _with_before(revisions)]
    return SchemePage(code, text_of(current.names, code), current.starts_on, levels, told[::-1])


def _reader(code: str) -> Formatter:
    """The reader in another language: her country, time zone and calendar stay where she chose them."""
    return reader() if code == language() else replace(reader(), language=code)


def _with_before(revisions: list[Revision]) -> list[tuple[Revision, Revision | None]]:
    """Each with the one that it followed: a cancelled one was followed by nothing."""
    found: list[tuple[Revision, Revision | None]] = []
    before = None
    for each in revisions:
        found.append((each, before))
        before = before if each.cancelled_at else each
    return found


def _is_replaced(revision: Revision, in_force: Sequence[Revision]) -> bool:
    """Of several that have begun the newest holds (`Rules.on`)."""
    later = (each for each in in_force if each.number > revision.number)
    return any(each.starts_on <= revision.starts_on for each in later)


def _told(
    revision: Revision,
    before: Revision | None,
    titles: Titles,
    makers: dict[int, str],
    day: date,
    replaced: Collection[int],
) -> RevisionWords:
    cancelled, is_replaced = revision.cancelled_at is not None, revision.number in replaced
    return RevisionWords(
        revision.number,
        revision.starts_on,
        revision.reaches_running,
        revision.made_at,
        makers.get(revision.made_by_id or 0, ""),
        revision.note,
        cancelled,
        is_replaced,
        revision.starts_on > day and not cancelled and not is_replaced and revision.number > 1,
        differences(before, revision, titles) if before is not None else None,
    )
