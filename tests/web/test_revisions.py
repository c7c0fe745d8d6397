"""A scheme changes by revisions; cycles under way keep their rule, unless a revision reaches them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.defaults import LevelAt, LevelPlan, RequirementPlan, SchemePlan
from lms.certification.models import Cycle, CycleState, Expiry, FixedCalendar, LevelRule
from lms.certification.queries import revisions_of, rules_of, standing
from lms.certification.services import cancel_revision, ensure_scheme, follow, revise
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError, NotAllowed
from lms.formats.calendars import to_jalali
from lms.organizations.models import Network, Organization
from lms.training.models import Module
from tests.certification import complete, level_rule, make_module
from tests.factories import make_member, make_network, make_organization, make_person

TODAY = now().date()
NAMES = {"fa": "یک", "ar": "واحد", "en": "One"}


def asking(module: Module, people: int, **terms: Any) -> LevelPlan:
    """A level that so many have to complete a module for."""
    needed = RequirementPlan("members_completed", {"people": people, "module_id": module.id})
    return LevelPlan(NAMES, terms.pop("months_valid", 12), True, (needed,), **terms)


def founded(module: Module, people: int = 1, **terms: Any) -> tuple[Network, Organization]:
    """A network with one such level and an organization in it."""
    network = make_network()
    organization = make_organization(network)
    with write_unit():
        ensure_scheme(network.id, now(), SchemePlan(NAMES, (asking(module, people, **terms),)))
    return network, organization


def somebody() -> int:
    """Who makes the changes."""
    found = db.session.scalars(select(Person.id).limit(1)).one_or_none()
    return found or make_person().id


def changed(network: Network, *levels: LevelPlan, days: int = 0, reaches: bool = False) -> None:
    """A revision from so many days on."""
    actor_id = somebody()
    with write_unit():
        revise(
            db.session.get_one(Network, network.id),
            SchemePlan(NAMES, levels),
            starts_on=TODAY + timedelta(days=days),
            reaches_running=reaches,
            note="",
            actor_id=actor_id,
            now=now(),
        )


def followed(network: Network, organization: Organization) -> list[CycleState]:
    """The states of its cycles, after what has happened was followed."""
    db.session.rollback()
    with write_unit():
        follow(organization.id, network.id, now())
    return list(db.session.scalars(select(Cycle.state).order_by(Cycle.id)))


@pytest.mark.parametrize(("reaches", "state"), [(False, "certified"), (True, "in_progress")])
def test_a_cycle_under_way_keeps_its_rule_unless_reached(app: Flask, reaches: bool, state: str) -> None:
    module = make_module()
    network, organization = founded(module, 1)
    assert followed(network, organization) == ["in_progress"]
    changed(network, asking(module, 2, level_id=level_rule(network).level_id), reaches=reaches)
    complete(make_member(organization), module)
    assert followed(network, organization) == [state]


def test_a_coming_revision_says_nothing_yet_and_can_be_cancelled(app: Flask) -> None:
    module = make_module()
    network, _organization = founded(module)
    changed(network, asking(module, 2, level_id=level_rule(network).level_id), days=10)
    rules = rules_of(network.id)
    assert rules is not None
    assert rules.on(TODAY).number == 1
    assert rules.on(TODAY + timedelta(days=10)).number == 2
    [coming] = rules.coming(TODAY)
    actor_id = somebody()
    with write_unit():
        cancel_revision(network, coming, actor_id=actor_id, now=now())
    with pytest.raises(NotAllowed), write_unit():
        cancel_revision(network, coming, actor_id=actor_id, now=now())
    rules = rules_of(network.id)
    assert rules is not None
    assert rules.on(TODAY + timedelta(days=10)).number == 1


def test_a_revision_that_a_cycle_began_under_is_not_cancelled(app: Flask) -> None:
    module = make_module()
    network, organization = founded(module)
    changed(network, asking(module, 2))
    assert followed(network, organization)
    actor_id = somebody()
    with write_unit() as session:
        newest = revisions_of(network.id)[-1]
        # The network moves to where it is yesterday still.
        newest.starts_on += timedelta(days=1)
        session.flush()
    with pytest.raises(NotAllowed), write_unit():
        cancel_revision(network, newest, actor_id=actor_id, now=now())


def test_a_level_that_is_taken_out_is_kept_by_who_holds_it(app: Flask) -> None:
    module = make_module()
    network, organization = founded(module)
    complete(make_member(organization), module)
    assert followed(network, organization) == ["certified"]
    held = level_rule(network).level_id
    changed(network, asking(module, 3))
    found = standing(organization, network, TODAY)
    assert found is not None
    assert [(level.rule.level_id == held, level.held) for level in found.levels] == [(False, False), (True, True)]


def test_an_award_ends_on_the_fixed_day_of_the_stored_rule(app: Flask) -> None:
    module = make_module()
    network, organization = founded(module, expiry=Expiry.FIXED, fixed=(FixedCalendar.JALALI, 1, 1))
    complete(make_member(organization), module)
    ids = network.id, organization.id
    db.session.expunge_all()
    network, organization = db.session.get_one(Network, ids[0]), db.session.get_one(Organization, ids[1])
    assert followed(network, organization) == ["certified"]
    due = db.session.scalars(select(Cycle.due_on)).one()
    assert due is not None
    assert to_jalali(due)[1:] == (1, 1)
    assert due >= date(TODAY.year + 1, TODAY.month, 1)


def test_rules_are_history(app: Flask) -> None:
    network, _organization = founded(make_module())
    rule_id = level_rule(network).id
    with pytest.raises(RuntimeError, match="history"), write_unit() as session:
        session.get_one(LevelRule, rule_id).months_valid = 1


def test_what_nobody_can_meet_is_refused(app: Flask) -> None:
    module, foreign = make_module(), make_module(network_id=make_network().id)
    network, _organization = founded(module)
    level = asking(module, 1)
    one = RequirementPlan("members_completed", {"people": 1, "module_id": module.id})
    itself = RequirementPlan("level_held", {"level_id": LevelAt(1)})
    deep = one
    for _ in range(3):
        deep = RequirementPlan("any_of", {"of": (deep, one)})
    wrong = {
        "levels": (),
        "levels.0.names": (replace(level, names={"fa": " "}),),
        "levels.0.months_valid": (replace(level, months_valid=None),),
        "levels.0.grace_days": (replace(level, grace_days=-1),),
        "levels.0.automatic": (replace(level, requirements=()),),
        "levels.0.fixed": (replace(level, expiry=Expiry.FIXED, fixed=(FixedCalendar.GREGORIAN, 2, 30)),),
        "levels.0.requirements.0.level_id": (replace(level, requirements=(itself,)),),
        "levels.0.requirements.0.type": (replace(level, requirements=(RequirementPlan("nothing", {}),)),),
        "levels.0.requirements.0.people": (asking(module, 0),),
        "levels.0.requirements.0.module_id": (asking(foreign, 1),),
        "levels.0.requirements.0.k": (_with(level, "k_of", k=3, of=(one, one)),),
        "levels.0.requirements.0.of": (_with(level, "all_of", of=(one,)),),
        "levels.1.requirements.0.of": (level, replace(level, requirements=(deep,))),
        "levels.0.requirements.0.requirements.0.level_id": (_with(level, "any_of", of=(itself, one)),),
    }
    for field, levels in wrong.items():
        with pytest.raises(DomainError) as refusal:
            changed(network, *levels)
        assert refusal.value.field == field
    with pytest.raises(DomainError) as refusal:
        changed(network, level, days=-1)
    assert refusal.value.field == "starts_on"
    with pytest.raises(DomainError):
        changed(network, replace(level, level_id=level_rule(network).level_id + 1))
    assert len(rules_of(network.id).revisions) == 1  # type: ignore[union-attr]


def _with(level: LevelPlan, kind: str, **parameters: Any) -> LevelPlan:
    return replace(level, requirements=(RequirementPlan(kind, parameters),))


def test_conditions_within_conditions_are_judged_and_told(app: Flask) -> None:
    module, other = make_module(), make_module()
    network, organization = founded(module)
    one = RequirementPlan("members_completed", {"people": 1, "module_id": module.id})
    two = RequirementPlan("members_completed", {"people": 1, "module_id": other.id})
    role = RequirementPlan("role_completed", {"role": "manager", "module_id": other.id})
    nested = RequirementPlan("k_of", {"k": 2, "of": (one, RequirementPlan("any_of", {"of": (two, role)}), role)})
    changed(network, replace(asking(module, 1), requirements=(nested,), level_id=level_rule(network).level_id))
    person = make_member(organization)
    complete(person, module)
    found = standing(organization, network, TODAY)
    assert found is not None
    [whole] = found.levels[0].requirements
    assert (whole.finding.have, whole.finding.need, whole.finding.met) == (1, 2, False)
    assert [part.finding.met for part in whole.parts] == [True, False, False]
    assert [len(part.parts) for part in whole.parts] == [0, 2, 0]
    assert whole.finding.missing == (person.id,)
    assert "(" in whole.text
    complete(person, other)
    assert followed(network, organization) == ["certified"]
