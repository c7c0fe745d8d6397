"""What a program does with a sheet: bring it, to be looked at and written in one go, and take it back."""

from datetime import datetime

from lms.db import db
from lms.documents.tables import Table
from lms.imports.bulk.services import Asked, bring, look, undo
from lms.imports.models import Import, ImportState
from lms.organizations.models import Network


def bring_whole(
    network: Network,
    table: Table,
    key: str,
    name: str,
    asked: Asked,
    *,
    doubtful_are_new: bool,
    actor_id: int,
    now: datetime,
) -> Import:
    """A program's sheet, on its way: the same judge and jobs as a page's, and nobody who looks between them.

    `name` is what the network's page calls it. Raises DomainError (field columns) where `check` does.
    """
    record = bring(network, table, key, name, language=asked.language, actor_id=actor_id, now=now)
    record.by_program = True
    look(record, asked)
    record.doubtful_are_new = doubtful_are_new
    return record


def undo_once(record: Import) -> None:
    """Have it taken back, unless it was or is being. Raises NotAllowed while it is not yet written."""
    db.session.get(Import, record.id, with_for_update=True, populate_existing=True)
    if record.state not in (ImportState.UNDOING, ImportState.UNDONE):
        undo(record)
