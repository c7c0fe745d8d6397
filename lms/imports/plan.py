"""What will happen to each entry of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lms.accounts.names import LONGEST_DISPLAY_NAME, mail_key
from lms.imports.entries import Entry
from lms.text import LONGEST_MAIL, fold_key, is_mail_address


class State(StrEnum):
    """What is found out about an entry."""

    NEW = "new"
    NAMESAKE = "namesake"
    INVITED = "invited"
    JOINED = "joined"
    DUPLICATE = "duplicate"
    WRONG_MAIL = "wrong_mail"
    TOO_LONG = "too_long"
    NOBODY = "nobody"
    ELSEWHERE = "elsewhere"
    """The row names another organization."""


#: The manager may still choose these.
DOUBTFUL = frozenset({State.NAMESAKE, State.INVITED, State.JOINED})


@dataclass(frozen=True)
class Known:
    """What an organization's manager can know already: folded names and mail addresses."""

    member_names: frozenset[str] = frozenset()
    open_links: frozenset[str] = frozenset()
    """Mail addresses, or names where there is none, of links that can still be used."""
    used_mails: frozenset[str] = frozenset()
    """Mail addresses of links by which somebody joined."""
    own_names: frozenset[str] = frozenset()
    """What the organization is called, in each of its languages."""


@dataclass(frozen=True)
class Planned:
    """An entry, and what will happen to it."""

    index: int
    entry: Entry
    state: State

    @property
    def possible(self) -> bool:
        """Whether a link can be made for it."""
        return self.state is State.NEW or self.state in DOUBTFUL


def plan(entries: Iterable[Entry], known: Known) -> list[Planned]:
    """Say of each entry what will happen; of two that are the same the first counts."""
    seen: set[str] = set()
    planned = []
    for index, entry in enumerate(entries):
        key = key_of(entry.name, entry.email)
        state = _wrong(entry, known) or (State.DUPLICATE if key in seen else _known(entry, known))
        seen.add(key)
        planned.append(Planned(index, entry, state))
    return planned


def key_of(name: str, email: str) -> str:
    """What makes two entries, or an entry and a link, the same: the mail address, else the name in any spelling."""
    return mail_key(email) if email else fold_key(name)


def _wrong(entry: Entry, known: Known) -> State | None:
    if entry.organization and fold_key(entry.organization) not in known.own_names:
        return State.ELSEWHERE
    if not entry.name and not entry.email:
        return State.NOBODY
    if len(entry.name) > LONGEST_DISPLAY_NAME or len(entry.email) > LONGEST_MAIL:
        return State.TOO_LONG
    return State.WRONG_MAIL if entry.email and not is_mail_address(entry.email) else None


def _known(entry: Entry, known: Known) -> State:
    if key_of(entry.name, entry.email) in known.open_links:
        return State.INVITED
    if entry.email and mail_key(entry.email) in known.used_mails:
        return State.JOINED
    return State.NAMESAKE if entry.name and fold_key(entry.name) in known.member_names else State.NEW
