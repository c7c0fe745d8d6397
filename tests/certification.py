"""Makers of what certification stands on: modules, completions, a scheme."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select, update

from lms.accounts.models import Person
from lms.certification.defaults import DEFAULT_SCHEME, SchemePlan
from lms.certification.models import Cycle, CycleState, LevelRule, Scheme
from lms.certification.queries import rules_of
from lms.certification.services import ensure_scheme
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network, Organization
from lms.progress.models import ModuleCompletion
from lms.training.models import Kit, KitModule, Module, ModuleVersion, VersionKind
from tests.factories import add

KIT = "networking_kit"
MODULES = ("what-networking-is", "forms-of-networks")
_number = count(1)


def make_module(**values: Any) -> Module:
    """A published module with one required lesson and one required quiz."""
    key = values.pop("key", f"module-{next(_number)}")
    titles = values.pop("titles", {"fa": f"ماژول {key}", "ar": f"وحدة {key}", "en": f"Module {key}"})
    module: Module = add(Module(key=key, titles=titles, **values))
    manifest = {"title": titles, "languages": ["fa", "ar", "en"], "sequence": [{"lesson": "one"}, {"quiz": "final"}]}
    with write_unit() as session:
        version = ModuleVersion(
            module_id=module.id,
            number=1,
            kind=VersionKind.EDITION,
            manifest=manifest,
            content_hash="0" * 64,
            tree={},
            published_at=now(),
        )
        session.add(version)
        session.flush()
        version.edition_id = version.id
        session.get_one(Module, module.id).current_version_id = version.id
    db.session.expire_all()
    return module


def make_kit(*modules: Module, **values: Any) -> Kit:
    """A kit of modules, in their order."""
    titles = {"fa": "بستهٔ آزمایشی", "ar": "حقيبة تجريبية", "en": "A kit to try"}
    kit: Kit = add(Kit(key=values.pop("key", f"kit-{next(_number)}"), titles=titles, **values))
    for position, module in enumerate(modules, 1):
        add(KitModule(kit_id=kit.id, module_id=module.id, position=position))
    return kit


def complete(person: Person, module: Module, at: datetime | None = None) -> ModuleCompletion:
    """A completion of the module's current version, as a bare fact."""
    version_id = db.session.get_one(Module, module.id).current_version_id
    completion: ModuleCompletion = add(
        ModuleCompletion(
            person_id=person.id,
            module_id=module.id,
            version_id=version_id,
            edition_id=version_id,
            language="fa",
            score=0.9,
            occurred_at=at or now(),
        )
    )
    return completion


FIRST_LEVEL = replace(DEFAULT_SCHEME, levels=DEFAULT_SCHEME.levels[:1])
"""The scheme that ships, up to the level that asks for learning alone."""


def make_scheme(network: Network, plan: SchemePlan = FIRST_LEVEL) -> Scheme:
    """The network's scheme: the first level of the one that ships, or another one."""
    with write_unit():
        return ensure_scheme(network.id, now(), plan)


def level_rule(network: Network, position: int = 1) -> LevelRule:
    """What the network's newest revision says of a level."""
    rules = rules_of(network.id)
    assert rules is not None
    return rules.revisions[-1].levels[position - 1]


def change_level(network: Network, position: int = 1, **terms: Any) -> None:
    """Change the terms of a level behind the product's back, as if the scheme had always been so."""
    rule_id = level_rule(network, position).id
    with write_unit() as session:
        session.execute(update(LevelRule).where(LevelRule.id == rule_id).values(**terms))
    db.session.expire_all()


def certified(organization: Organization, network: Network, ends: date, position: int = 1) -> Cycle:
    """A certificate that ends on a day; it can be renewed from 90 days before to 60 days after that."""
    day = timedelta(days=1)
    rule = level_rule(network, position)
    cycle: Cycle = add(
        Cycle(
            organization_id=organization.id,
            network_id=network.id,
            level_id=rule.level_id,
            rule_id=rule.id,
            state=CycleState.CERTIFIED,
            started_on=ends - 700 * day,
            awarded_on=ends - 700 * day,
            window_opens_on=ends - 90 * day,
            due_on=ends,
            expires_on=ends,
            grace_ends_on=ends + 60 * day,
        )
    )
    return cycle


def move_dates(days: int) -> None:
    """Let every certificate have been awarded so many days earlier (or later, where negative)."""
    shift = timedelta(days=days)
    with write_unit() as session:
        for cycle in session.scalars(select(Cycle).where(Cycle.expires_on.is_not(None))):
            for name in ("started_on", "awarded_on", "window_opens_on", "due_on", "expires_on", "grace_ends_on"):
                setattr(cycle, name, getattr(cycle, name) - shift)


def shipped(kind: type[Any], key: str) -> Any:
    """A module or kit of the networking kit, as the database has it; None where it is not loaded."""
    return db.session.scalars(select(kind).where(kind.plugin == KIT, kind.key == key)).one_or_none()


def the_kit() -> tuple[list[Module], Kit]:
    """The modules and the kit that the shipped scheme asks for, made where they are not loaded."""
    modules = [shipped(Module, key) or make_module(plugin=KIT, key=key) for key in MODULES]
    return modules, shipped(Kit, "networking") or make_kit(*modules, plugin=KIT, key="networking")
