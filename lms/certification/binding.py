"""The job that binds certificates together: one PDF each, in one archive."""

import zipfile
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, Any

from flask import current_app

from lms.batches import batched
from lms.certification.certificates import pdf_of
from lms.certification.models import Bundle, BundleState, Credential
from lms.certification.queries import issuers_day
from lms.certification.queries.bundles import bound, whole_credentials
from lms.certification.services.bundles import let_bundles_go
from lms.certification.sheets import Sheet, Status, status_of, whole_sheet
from lms.clock import now
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.jobs import GiveUp, job_kind, periodic, renew_lease
from lms.setup import settings_of
from lms.storage import current_storage
from lms.storage.sweeping import forget_soon
from lms.text import file_name

AT_ONCE = 20
"""Certificates between two notes of how far it is."""
LEASE = timedelta(minutes=5)


@job_kind("bind_certificates", lease=LEASE)
def bind_certificates(arguments: dict[str, Any]) -> None:
    """Make the bundle that was asked for; begun again, it begins anew."""
    bundle = db.session.get(Bundle, int(arguments["bundle"]))
    if bundle is None or bundle.state != BundleState.WAITING:
        raise GiveUp("there is nothing to bind")
    with TemporaryFile() as file, reading_as(Formatter(bundle.language)):
        _write(bundle, file)
        file.seek(0)
        stored = current_storage().put(file)
    with write_unit() as session:
        row = session.get_one(Bundle, bundle.id, with_for_update=True)
        if row.state != BundleState.WAITING:  # somebody has taken hers back meanwhile
            forget_soon(stored.key, now())
            return
        row.file_key, row.size, row.state = stored.key, stored.size, BundleState.READY


@periodic("let_bundles_go", every=timedelta(days=1))
def let_go(_arguments: dict[str, Any]) -> None:
    """Bundles are made anew more easily than kept."""
    with write_unit():
        let_bundles_go(now())


def _write(bundle: Bundle, file: IO[bytes]) -> None:
    day, base_url, done = issuers_day(bundle.network, now()), settings_of(current_app).base_url, 0
    ids = list(db.session.scalars(bound(bundle.network_id, bundle.organization_id, day)))
    # PDF is packed already.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for some in batched(ids, AT_ONCE):
            for credential in whole_credentials(some):
                if status_of(credential, day) is Status.VALID:
                    sheet = whole_sheet(credential, day)
                    archive.writestr(_name(credential, sheet), pdf_of(sheet, base_url))
            done += len(some)
            _note(bundle.id, done, len(ids))


def _name(credential: Credential, sheet: Sheet) -> str:
    """Whose it is, and its code, which nobody else's has."""
    return f"{file_name(sheet.holder.text)} {credential.code}.pdf"


def _note(bundle_id: int, done: int, total: int) -> None:
    with write_unit() as session:
        row = session.get_one(Bundle, bundle_id)
        row.done, row.total = done, total
    renew_lease()
