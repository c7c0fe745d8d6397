"""Importing by program: the same judge, jobs and undoing as the page's, under a key that makes twice once."""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from flask import current_app, request, url_for

from lms.api import idempotency
from lms.api.cursors import part_of
from lms.api.problems import Refused, problem
from lms.api.queries.imports import rows_not_taken, standing_of
from lms.api.scopes import TokenScope
from lms.api.v1 import import_schemas as schemas
from lms.api.v1.blueprint import endpoint
from lms.api.v1.bodies import BODY, MAX_BYTES, Sheet, sheet_sent
from lms.api.v1.endpoints import Answer, page, part_asked, the_bearer
from lms.api.v1.fields import PageQuestion
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.i18n import gettext, language
from lms.i18n import lazy_gettext as _
from lms.imports.bulk.columns import Kind
from lms.imports.bulk.programs import bring_whole, undo_once
from lms.imports.bulk.queries import program_import
from lms.imports.bulk.services import Asked, check, keep_file
from lms.imports.models import Import
from lms.limits import takes_at_most
from lms.organizations.models import Network
from lms.quizzes.models import Source
from lms.reports import targets
from lms.security import Permission
from lms.setup import settings_of

KEY, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
AGAIN = "5"
"""Seconds after which to ask again for what is being taken."""
KEY_PARAMETER = {
    "in": "header",
    "name": KEY,
    "required": True,
    "schema": {"type": "string"},
    "description": _(
        "A key of your own for what you send, such as a UUID: sent twice with one key, it is taken once. Keys are kept"
        " for a week."
    ),
}


@endpoint(
    "/networks/<network_id>/imports",
    method="POST",
    status=202,
    summary=_("Import rows: organizations, people, memberships and completions"),
    description=_(
        "What stands in each row is judged as on the page “Import a sheet”; good rows are written by the worker, soon"
        " after. JSON or CSV, 5,000 rows and 8 MB at most. A key that was sent before with the same rows gives the"
        " first answer again, with the header Idempotency-Replayed; with other rows it is refused (422), and while the"
        " first is being taken, too (409)."
    ),
    permission=Permission.MANAGE_NETWORK,
    target=targets.network,
    scope=TokenScope.IMPORT,
    query=schemas.ImportQuestion,
    parameters=(KEY_PARAMETER,),
    body=BODY,
    answer=schemas.Taken,
    refuses=(400, 409, 413, 415),
)
@takes_at_most(MAX_BYTES)
def import_rows(network: Network, arguments: dict[str, str]) -> Answer:
    """Take rows, once a key."""
    key = idempotency.read_key(request.headers.get(KEY, ""))
    if key is None:
        return problem(400, gettext("Send the header Idempotency-Key, with 1 to 255 letters, digits and signs."))
    sheet, asked = sheet_sent(), _asked(arguments)
    columns = Asked(sheet.columns, list(Kind), **asked)
    _check(columns, sheet)
    try:
        record, is_new = _taken_once(network, key, sheet, columns, arguments["doubtful"] == "new")
    except idempotency.AnotherRequest:
        return problem(422, gettext("Other rows, or other parameters, were sent with this key before."))
    except idempotency.StillTaken:
        told = gettext("What was sent with this key is being taken at this moment.")
        return problem(409, told, headers=[("Retry-After", AGAIN)])
    path = url_for("api_v1.import_state", network_id=request.view_args["network_id"], import_id=record)  # type: ignore[index]
    body = {"id": record, "address": settings_of(current_app).base_url.rstrip("/") + path}
    return body, 202, {"Location": path, **({} if is_new else {REPLAYED: "true"})}


def _asked(arguments: Mapping[str, str]) -> dict[str, Any]:
    source = Source(arguments["source"])
    return {"calendar": arguments["calendar"], "source": source, "language": arguments["language"] or language()}


def _check(asked: Asked, sheet: Sheet) -> None:
    try:
        check(asked, sheet.table.headers)
    except DomainError as error:
        raise Refused([error.message], "json") from error


def _taken_once(network: Network, key: str, sheet: Sheet, asked: Asked, doubtful_are_new: bool) -> tuple[str, bool]:
    """The public id of the import that is made of what was sent, or was; and whether it was made now."""
    at, network_id, token = now(), network.id, the_bearer().token
    name, actor_id = token.name, token.person_id
    with write_unit() as session:
        made = idempotency.claim(network_id, key, _fingerprint(), at)
        if made is not None:
            return session.get_one(Import, made).public_id, False
    file = keep_file(BytesIO(sheet.data))
    with write_unit() as session:
        place = session.get_one(Network, network_id)
        record = bring_whole(
            *(place, sheet.table, file, name, asked), doubtful_are_new=doubtful_are_new, actor_id=actor_id, now=at
        )
        idempotency.settle(network_id, key, at, record.id)
        return record.public_id, True


def _fingerprint() -> str:
    """SHA-256 of what makes a request what it is: parameters in any order, kind and body."""
    told = urlencode(sorted(request.args.items(multi=True)))
    return hashlib.sha256(f"{told}\n{request.mimetype}\n".encode() + request.get_data()).hexdigest()


@endpoint(
    "/networks/<network_id>/imports/<import_id>",
    summary=_("What became of an import"),
    description=_("Of those that programs brought."),
    permission=Permission.MANAGE_NETWORK,
    target=program_import,
    scope=TokenScope.IMPORT,
    answer=schemas.Import,
)
def import_state(record: Import) -> Answer:
    """How far it is, and what came of it."""
    return standing_of(record)


@endpoint(
    "/networks/<network_id>/imports/<import_id>/rows",
    summary=_("The rows of an import that were not taken, and why"),
    permission=Permission.MANAGE_NETWORK,
    target=program_import,
    scope=TokenScope.IMPORT,
    query=PageQuestion,
    answer=schemas.RowsNotTaken,
)
def import_rows_not_taken(record: Import, arguments: dict[str, Any]) -> Answer:
    """Those that are wrong, then those that are doubtful."""
    asked = part_asked(arguments, 2)
    return page(part_of(rows_not_taken(record, asked), asked, lambda each: each.keys))


@endpoint(
    "/networks/<network_id>/imports/<import_id>/undo",
    method="POST",
    status=202,
    summary=_("Undo an import"),
    description=_("What somebody has used since stays. Asked for twice, it is done once; while rows are written: 409."),
    permission=Permission.MANAGE_NETWORK,
    target=program_import,
    scope=TokenScope.IMPORT,
    answer=schemas.Import,
    refuses=(409,),
)
def import_undo(record: Import) -> Answer:
    """Have it taken back."""
    with write_unit():
        undo_once(record)
    db.session.refresh(record)
    return standing_of(record)
