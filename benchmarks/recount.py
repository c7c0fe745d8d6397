"""The nightly recount of 5,000 organizations with 100,000 people and 1,000,000 completions, against the bare SQL that
finds the same: for each organization, who completed a module and who has not, and so for the whole kit of twelve."""

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, func, insert, select, text

from benchmarks.ratios import is_over
from lms import create_app
from lms.accounts.models import Person
from lms.batches import batched
from lms.certification.defaults import LevelPlan, RequirementPlan, SchemePlan
from lms.certification.jobs import follow_cycles
from lms.certification.models import Cycle, KeptStanding
from lms.certification.services import ensure_scheme
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Membership, NetworkMembership, Organization
from lms.progress.models import ModuleCompletion
from lms.settings import Settings
from lms.upgrade import upgrade
from tests.certification import make_kit, make_module
from tests.factories import make_network

ORGANIZATIONS, STAFF, MODULES, DONE = 5_000, 20, 12, 10
LIMIT, MEMORY = 3.0, 60
"""The recount against the bare SQL; megabytes that it may add to the process."""
JOINED, LEARNED = date(2024, 1, 1), datetime.fromisoformat("2025-06-01T09:00:00+00:00")
ROUNDS = 3

#: What a standing is made of, of both requirements: who has, and (negative) who has not. One row an organization.
BARE = """
SELECT m.organization_id,
       json_group_array(m.person_id * (CASE WHEN EXISTS (
         SELECT 1 FROM module_completion c
         WHERE c.person_id = m.person_id AND c.module_id = :module AND c.occurred_at < :until) THEN 1 ELSE -1 END)),
       json_group_array(m.person_id * (CASE WHEN :modules = (
         SELECT count(DISTINCT c.module_id) FROM module_completion c JOIN kit_module k ON k.module_id = c.module_id
         WHERE c.person_id = m.person_id AND k.kit_id = :kit AND c.occurred_at < :until) THEN 1 ELSE -1 END))
FROM membership m
WHERE m.confirmed_at IS NOT NULL AND m.starts_on <= :day AND (m.ends_on IS NULL OR m.ends_on > :day)
GROUP BY m.organization_id
"""


def fill(table: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Store many rows."""
    statement = insert(table if isinstance(table, Table) else table.__table__)
    for some in batched(rows, 20_000):
        with write_unit() as session:
            session.execute(statement, some)


def build() -> tuple[int, int]:
    """The network and all that is in it; gives the ids of a module and of the kit."""
    chance, network = Random(5), make_network()
    modules = [make_module() for _ in range(MODULES)]
    kit, versions = make_kit(*modules), {module.id: module.current_version_id for module in modules}
    plan = SchemePlan(
        {"en": "Networking"},
        (
            LevelPlan(
                {"en": "Aware"},
                months_valid=24,
                automatic=True,
                requirements=(
                    RequirementPlan("members_completed", {"people": 12, "module_id": modules[0].id}),
                    RequirementPlan("share_completed_kit", {"percent": 50, "kit_id": kit.id}),
                ),
            ),
        ),
    )
    with write_unit():
        ensure_scheme(network.id, now(), plan)
    organizations, people = range(1, ORGANIZATIONS + 1), range(1, ORGANIZATIONS * STAFF + 1)
    fill(Organization, ({"id": n, "names": {"en": f"O {n}"}, "folded": f"o {n}"} for n in organizations))
    links = ({"network_id": network.id, "organization_id": n, "starts_on": JOINED} for n in organizations)
    fill(NetworkMembership, links)
    fill(Person, ({"id": n, "sign_in_key": f"p{n}", "display_name": f"P {n}"} for n in people))
    of = ({"person_id": n, "organization_id": 1 + (n - 1) // STAFF, "starts_on": JOINED} for n in people)
    fill(Membership, ({**each, "confirmed_at": LEARNED} for each in of))
    ids = [module.id for module in modules]
    fill(ModuleCompletion, _completions(people, ids, versions, chance))
    return ids[0], kit.id


def _completions(people: range, ids: list[int], versions: dict[int, Any], chance: Random) -> Iterator[dict[str, Any]]:
    for person in people:
        # In one organization of two most people have done everything.
        whole = (person - 1) // STAFF % 2 == 0 and chance.random() < 0.7
        for module in ids if whole else chance.sample(ids, DONE - 2):
            at = LEARNED + timedelta(minutes=chance.randrange(100_000))
            edition = {"version_id": versions[module], "edition_id": versions[module], "language": "fa", "score": 0.9}
            yield {"person_id": person, "module_id": module, "occurred_at": at, **edition}


def _timed(deed: Callable[[], object]) -> float:
    before = time.process_time()
    deed()
    db.session.rollback()
    return time.process_time() - before


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Builds the network, follows it once (cycles begin, awards are made), then measures the recount."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'recount.sqlite3'}"
        app = create_app(Settings(data=data, database_url=url, secret_key="bench", embedded_worker=False, testing=True))
        with app.app_context():
            upgrade(db.engine)
            module_id, kit_id = build()
            first = _timed(lambda: follow_cycles({}))
            return _measured(first, {"module": module_id, "kit": kit_id, "modules": MODULES, **_today()})


def _today() -> dict[str, Any]:
    day = now().date()
    return {"day": day, "until": str(day + timedelta(days=1))}


def _measured(first: float, values: dict[str, Any]) -> int:
    completions = db.session.scalar(select(func.count()).select_from(ModuleCompletion))
    kept = db.session.scalar(select(func.count()).select_from(KeptStanding))
    awarded = db.session.scalar(select(func.count()).where(Cycle.awarded_on.is_not(None)))
    print(f"{ORGANIZATIONS:,} organizations, {ORGANIZATIONS * STAFF:,} people, {completions:,} completions: ", end="")
    print(f"the first night {first:.1f} s of CPU, {kept:,} standings kept, {awarded:,} awards", flush=True)
    before, bare, ours = _peak(), [], []
    for _round in range(ROUNDS):
        bare.append(_timed(lambda: db.session.execute(text(BARE), values).all()))
        ours.append(_timed(lambda: follow_cycles({})))
    ratio, more = min(ours) / min(bare), _peak() - before
    print(f"a recount {min(ours):.1f} s of CPU, the bare SQL {min(bare):.1f} s; {more:.0f} MB more at the peak")
    return is_over("recount / bare SQL", ratio, LIMIT) | is_over("MB added by the recount", more, MEMORY)
