"""What the columns of a sheet held the last time: a network's sheets, or an organization's lists of staff."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.db import db
from lms.imports.bulk.columns import by_header, headers_key
from lms.imports.models import ImportMatching
from lms.jobs import insert_of
from lms.organizations.models import Network, Organization

Owner = Network | Organization


def remembered(owner: Owner, headers: Sequence[str]) -> dict[str, str]:
    """What columns with these headers held the last time, as `lms.imports.bulk.columns.recognised` takes it."""
    query = select(ImportMatching.columns).filter_by(headers=headers_key(headers), **_owned(owner))
    return db.session.scalars(query).one_or_none() or {}


def remember(owner: Owner, headers: Sequence[str], columns: Sequence[str]) -> None:
    """Keep what they hold, for the next sheet with the same headers; of two that say it at once the last counts."""
    owned, held = _owned(owner), by_header(headers, columns)
    insert = insert_of(ImportMatching).values(headers=headers_key(headers), columns=held, **owned)
    db.session.execute(insert.on_conflict_do_update(index_elements=[*owned, "headers"], set_={"columns": held}))


def _owned(owner: Owner) -> dict[str, int]:
    return {"organization_id" if isinstance(owner, Organization) else "network_id": owner.id}
