"""What a change of a scheme is said to do is what it does."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.certification.defaults import LevelAt, LevelPlan, RequirementPlan, SchemePlan
from lms.certification.models import Expiry, FixedCalendar, LevelRule
from lms.certification.phases import HELD, phase_of
from lms.certification.queries import held_levels, local_day, rules_of, standing
from lms.certification.queries.forecasts import Facts, Foreseen, forecast
from lms.certification.requirement_types import Kind, requirement_type
from lms.certification.services import ensure_scheme, follow, revise, with_plan
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Membership, Network, Organization
from tests.certification import complete, make_module, move_dates
from tests.factories import make_member, make_network, make_organization, make_person


class Chance:
    """Schemes and facts by chance."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.modules = [make_module(), make_module()]

    def requirement(self, before: int, ids: list[int], depth: int = 0) -> RequirementPlan:
        """Some requirement of a level that `before` levels come before; `ids` are those of levels that there are."""
        kinds = ["members", "members", "level"] if before or ids else ["members"]
        kind = self.random.choice([*kinds, "any_of", "k_of"] if depth < 2 else kinds)
        if kind in ("any_of", "k_of"):
            held = [self.requirement(before, ids, depth + 1) for _ in range(self.random.choice((2, 3)))]
            return RequirementPlan(kind, {"of": held} | ({"k": 2} if kind == "k_of" else {}))
        if kind == "level" and ids and self.random.random() < 0.7:
            return RequirementPlan("level_held", {"level_id": self.random.choice(ids)})
        if kind == "level" and before:
            return RequirementPlan("level_held", {"level_id": LevelAt(self.random.randint(1, before))})
        module = self.random.choice(self.modules)
        return RequirementPlan("members_completed", {"people": self.random.randint(1, 3), "module_id": module.id})

    def level(self, before: int, ids: list[int], level_id: int | None = None) -> LevelPlan:
        """Some level."""
        asked = tuple(self.requirement(before, ids) for _ in range(self.random.choice((1, 1, 2))))
        expiry = self.random.choice(list(Expiry))
        return LevelPlan(
            names={"en": "Level"},
            months_valid=self.random.choice((1, 12)),
            automatic=self.random.random() < 0.7,
            requirements=asked,
            level_id=level_id,
            expiry=expiry,
            fixed=(FixedCalendar.JALALI, 12, 29) if expiry is Expiry.FIXED else None,
            window_days=self.random.choice((0, 400)),
            grace_days=self.random.choice((0, 60)),
        )

    def plan(self, rules: list[LevelRule]) -> SchemePlan:
        """Some scheme; of the levels that there are, some are kept, in any order, and some are new."""
        kept = [*self.random.sample(rules, self.random.randint(0, len(rules))), *([None] * self.random.randint(0, 2))]
        known: list[int] = []
        levels = []
        for at, rule in enumerate(kept or [None]):
            asks_earlier = rule and requirement_ids(rule) <= set(known)
            same = rule is not None and asks_earlier and self.random.random() < 0.4
            levels.append(
                as_it_is(rule) if rule and same else self.level(at, list(known), rule.level_id if rule else None)
            )
            known += [rule.level_id] if rule else []
        return SchemePlan({"en": "Scheme"}, tuple(levels))

    def people(self, organizations: list[Organization]) -> None:
        """Members who completed something."""
        for organization in organizations:
            for _ in range(self.random.randint(0, 3)):
                person = make_member(organization)
                for module in self.random.sample(self.modules, self.random.randint(0, 2)):
                    complete(person, module)

    def leave(self) -> None:
        """Some leave, and nothing is followed: the preview does not count on what is kept."""
        with write_unit() as session:
            for membership in session.scalars(select(Membership).where(Membership.ends_on.is_(None))):
                if self.random.random() < 0.3:
                    membership.ends_on = membership.starts_on


def requirement_ids(rule: LevelRule) -> set[int]:
    """The levels that a rule names."""
    named = [requirement_type(each["type"]).subjects(each["parameters"], Kind.LEVEL) for each in rule.requirements]
    return set().union(*named)


def as_it_is(rule: LevelRule) -> LevelPlan:
    """A level as it is said to be."""
    names = ("names", "months_valid", "automatic", "level_id", "window_days", "grace_days")
    fixed = (FixedCalendar.JALALI, 12, 29) if rule.fixed_month else None
    asked = tuple(planned(each) for each in rule.requirements)
    terms = {name: getattr(rule, name) for name in names}
    return LevelPlan(requirements=asked, expiry=Expiry(rule.expiry), fixed=fixed, **terms)


def planned(held: dict[str, Any]) -> RequirementPlan:
    """A requirement as it is held."""
    parameters = {
        name: [planned(each) for each in value] if isinstance(value, list) else value
        for name, value in held["parameters"].items()
    }
    return RequirementPlan(held["type"], parameters)


def found(organization: Organization, network: Network, day: date, awarded: frozenset[int]) -> Foreseen:
    """Where an organization really is."""
    stands = standing(organization, network, day)
    assert stands is not None
    current = {rule.level_id for rule in rules_of(network.id).levels(day)}  # type: ignore[union-attr]
    counted = [level for level in stands.levels if level.cycle and phase_of(level.cycle, day) in HELD]
    return Foreseen(
        awarded,
        frozenset(held_levels(organization.id, network.id, day)),
        frozenset(
            each.rule.level_id for each in stands.levels if each.open and not each.rule.automatic and each.is_met
        ),
        frozenset(each.rule.level_id for each in stands.at_risk),
        frozenset(each.rule.level_id for each in counted) - current,
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10_000),
    ahead=st.sampled_from((0, 0, 45)),
    reaches=st.booleans(),
    past=st.sampled_from((0, 20, 40, 400)),
)
def test_a_forecast_is_what_happens(app: Flask, seed: int, ahead: int, reaches: bool, past: int) -> None:
    chance = Chance(seed)
    admin = make_person()
    network = make_network(time_zone=chance.random.choice(("UTC", "Asia/Tehran")))
    organizations = [make_organization(network) for _ in range(4)]
    chance.people(organizations)
    with write_unit():
        ensure_scheme(network.id, now(), chance.plan([]))
    follow_all(organizations, network, now())
    move_dates(past)
    chance.people(organizations)
    chance.leave()
    if chance.random.random() < 0.5:
        follow_all(organizations, network, now())

    rules = rules_of(network.id)
    assert rules is not None
    at = now() + timedelta(days=ahead)
    today, day = local_day(network, now()), local_day(network, at)
    plan = chance.plan(rules.levels(today))
    changed = with_plan(rules, plan, starts_on=day, reaches_running=reaches)
    facts = Facts([each.id for each in organizations], network, day)
    foreseen = forecast(facts, changed)
    planned = [rule.level_id for rule in changed.revisions[-1].levels]
    assert not db.session.new

    with write_unit():
        terms: dict[str, Any] = {
            "starts_on": day,
            "reaches_running": reaches,
            "note": "",
            "actor_id": admin.id,
            "now": now(),
        }
        made = revise(db.session.get_one(Network, network.id), plan, **terms)
        really = dict(zip(planned, (rule.level_id for rule in made.levels), strict=True))
    awarded = follow_all(organizations, network, at)
    for organization in organizations:
        expected = foreseen[organization.id]
        named = Foreseen(*(frozenset(really.get(id_, id_) for id_ in ids) for ids in vars(expected).values()))
        assert named == found(organization, network, day, awarded[organization.id])


def follow_all(organizations: list[Organization], network: Network, at: datetime) -> dict[int, frozenset[int]]:
    """Follow everybody; gives the levels that each was awarded."""
    awarded = {}
    for organization in organizations:
        with write_unit():
            made = follow(organization.id, network.id, at)
            awarded[organization.id] = frozenset(each.cycle.level_id for each in made)
    db.session.expire_all()
    return awarded


def test_a_renewal_under_another_rule_is_not_at_risk_under_the_old_one(app: Flask) -> None:
    """Three completed what was asked of three; two have left, and what is asked of one from now on is there."""
    network, admin, module = make_network(), make_person(), make_module()
    organization = make_organization(network)
    for _ in range(3):
        complete(make_member(organization), module)
    asked = RequirementPlan("members_completed", {"people": 3, "module_id": module.id})
    level = LevelPlan({"en": "Level"}, 12, True, (asked,), window_days=400)
    with write_unit():
        ensure_scheme(network.id, now(), SchemePlan({"en": "Scheme"}, (level,)))
    assert follow_all([organization], network, now())[organization.id]
    with write_unit() as session:
        for membership in session.scalars(select(Membership).limit(2)):
            membership.ends_on = membership.starts_on
    rules, day = rules_of(network.id), local_day(network, now())
    assert rules is not None
    level_id = rules.revisions[0].levels[0].level_id
    fewer = RequirementPlan("members_completed", {"people": 1, "module_id": module.id})
    plan = SchemePlan({"en": "Scheme"}, (replace(level, level_id=level_id, requirements=(fewer,)),))
    facts = Facts([organization.id], network, day)
    now_at_risk, then = (
        forecast(facts, rules),
        forecast(facts, with_plan(rules, plan, starts_on=day, reaches_running=False)),
    )
    assert now_at_risk[organization.id].at_risk == {level_id}
    with write_unit():
        terms: dict[str, Any] = {"reaches_running": False, "note": "", "actor_id": admin.id, "now": now()}
        revise(db.session.get_one(Network, network.id), plan, starts_on=day, **terms)
    awarded = follow_all([organization], network, now())
    assert then[organization.id] == found(organization, network, day, awarded[organization.id])
    assert then[organization.id].at_risk == frozenset()
