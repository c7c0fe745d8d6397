"""What the columns of a sheet held the last time: a network's sheets, or an organization's lists of staff."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.db import db
from lms.imports.bulk.columns import by_header, headers_key
from lms.imports.models import ImportMatching
from lms.organizations.models import Network, Organization

Owner = Network | Organization


def remembered(owner: Owner, headers: Sequence[str]) -> dict[str, str]:
    """What columns with these headers held the last time, by folded header."""
    return getattr(_matching(owner, headers), "columns", {})


def remember(owner: Owner, headers: Sequence[str], columns: Sequence[str]) -> None:
    """Keep what they hold, for the next sheet with the same headers."""
    matching = _matching(owner, headers)
    if matching is None:
        matching = ImportMatching(headers=headers_key(headers), **_owned(owner))
        db.session.add(matching)
    matching.columns = by_header(headers, columns)


def _owned(owner: Owner) -> dict[str, int]:
    return {"organization_id" if isinstance(owner, Organization) else "network_id": owner.id}


def _matching(owner: Owner, headers: Sequence[str]) -> ImportMatching | None:
    query = select(ImportMatching).filter_by(headers=headers_key(headers), **_owned(owner))
    return db.session.scalars(query).one_or_none()
