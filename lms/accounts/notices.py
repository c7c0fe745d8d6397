"""What happened to a person and she may not know yet, shown in the product. Features register what kinds there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from lms.accounts.models import Notice, Person
from lms.db import db

AT_HOME = 3
"""Notices that the home page shows; the others stand on a page of their own."""
AT_ONCE = 200
"""Those that are put away at once."""


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice; `label` is what a download calls it, `action` what the way to its page is called."""

    name: str
    label: str
    action: str
    template: str
    """Says in a sentence what happened; sees `n`, a ShownNotice."""
    load: Callable[[Sequence[int]], Mapping[int, Any]]
    """What notices are about, by target id: in one statement, without those that are there no more."""
    address: Callable[[Any], str]
    """The page that shows what it is about."""


@dataclass(frozen=True)
class ShownNotice:
    """A notice ready to be shown."""

    notice: Notice
    kind: NoticeKind
    about: Any

    @property
    def address(self) -> str:
        """Where it leads."""
        return self.kind.address(self.about)


_kinds: dict[str, NoticeKind] = {}


def register_notice_kind(kind: NoticeKind) -> None:
    """Add a kind; registering it again changes nothing."""
    _kinds[kind.name] = kind


def notices_of(person_id: int) -> Select[Any]:
    """All of hers, the newest first."""
    return select(Notice).where(Notice.person_id == person_id).order_by(Notice.created_at.desc(), Notice.id.desc())


def unread_notices(person_id: int) -> list[ShownNotice]:
    """The newest of those that she has not looked at."""
    query = notices_of(person_id).where(Notice.read_at.is_(None)).limit(AT_HOME)
    return shown_notices(db.session.scalars(query))


def unread_tellings(person_id: int) -> dict[str, tuple[int, datetime]]:
    """The newest that she has not looked at, shown or not, by what a page calls them that puts them all away.

    One that is told anew is another: the page did not tell of it.
    """
    query = notices_of(person_id).where(Notice.read_at.is_(None)).limit(AT_ONCE)
    rows = db.session.execute(query.with_only_columns(Notice.public_id, Notice.id, Notice.created_at))
    return {f"{row.public_id}.{row.created_at.timestamp()}": (row.id, row.created_at) for row in rows}


def shown_notices(notices: Iterable[Notice]) -> list[ShownNotice]:
    """Notices with what they are about, in one statement a kind; what is there no more is left out."""
    known = [(notice, _kinds[notice.kind]) for notice in notices if notice.kind in _kinds]
    about = {
        name: _kinds[name].load([notice.target_id for notice, kind in known if kind.name == name])
        for name in {kind.name for _notice, kind in known}
    }
    return [
        ShownNotice(notice, kind, about[kind.name][notice.target_id])
        for notice, kind in known
        if notice.target_id in about[kind.name]
    ]


def notice_of(person_id: int, public_id: str) -> Notice | None:
    """A notice of hers, by the id in its address."""
    return db.session.scalars(notices_of(person_id).where(Notice.public_id == public_id)).one_or_none()


def written_notices(person: Person) -> list[dict[str, Any]]:
    """Hers, for a download, the first one first."""
    query = notices_of(person.id).order_by(None).order_by(Notice.id)
    return [
        {"notice": str(_kinds[each.kind].label) if each.kind in _kinds else each.kind}
        | {"at": each.created_at, "seen_at": each.read_at}
        for each in db.session.scalars(query)
    ]
