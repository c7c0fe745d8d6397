"""A thousand certificates as PDF, bound into one file by the job, against the time that typst takes for the same."""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.ratios import is_over
from lms import create_app
from lms.certification.binding import bind_certificates
from lms.certification.certificates import certificate_of
from lms.certification.models import Bundle
from lms.certification.queries.bundles import bound, whole_credentials
from lms.certification.services import ask_for_bundle, follow
from lms.certification.sheets import whole_sheet
from lms.clock import now
from lms.db import db, write_unit
from lms.documents.certificate import Certificate, certificate_pdf
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Network
from lms.settings import Settings
from lms.upgrade import upgrade
from tests.certification import complete, make_scheme, the_kit
from tests.factories import make_member, make_network, make_organization, make_person

CERTIFICATES = 1_000
LIMIT = 1.5


def build() -> Network:
    """A network whose organizations all hold its first level."""
    modules, _kit = the_kit()
    network = make_network()
    make_scheme(network)
    people = [make_person() for _ in range(2)]
    for person in people:
        for module in modules:
            complete(person, module)
    for _ in range(CERTIFICATES):
        organization = make_organization(network)
        for person in people:
            make_member(organization, person)
        with write_unit():
            follow(organization.id, network.id, now())
    return network


def main() -> int:
    """Builds, binds, and sets beside it what typst was given, all over again."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'binding.sqlite3'}"
        app = create_app(Settings(data=data, database_url=url, secret_key="bench", embedded_worker=False, testing=True))
        with app.app_context():
            upgrade(db.engine)
            network = build()
            with write_unit():
                bundle_id = ask_for_bundle(network, "fa", actor_id=1, now=now()).id
            ours = _timed(lambda: bind_certificates({"bundle": bundle_id}))
            db.session.rollback()
            bundle = db.session.get_one(Bundle, bundle_id)
            size, given = bundle.size, list(_given(bundle))
            typst = _timed(lambda: [certificate_pdf(certificate, at) for certificate, at in given])
    print(f"{len(given):,} certificates, {size / 1e6:.0f} MB: the job {ours:.1f} s of CPU, typst alone {typst:.1f} s")
    return is_over("binding / typst alone", ours / typst, LIMIT)


def _given(bundle: Bundle) -> Iterator[tuple[Certificate, datetime]]:
    """What typst is given for each certificate of a bundle."""
    ids = list(db.session.scalars(bound(bundle.network_id, None, now().date())))
    with reading_as(Formatter(bundle.language)):
        for credential in whole_credentials(ids):
            sheet = whole_sheet(credential, now().date())
            yield (
                certificate_of(sheet, "http://localhost"),
                datetime.combine(sheet.issued.day, datetime.min.time(), UTC),
            )


def _timed(deed: Callable[[], object]) -> float:
    before = time.process_time()
    deed()
    return time.process_time() - before
