"""Organizations on their ways: requirements, awards, standing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.certification.defaults import DEFAULT_SCHEME, RequirementPlan, Shipped
from lms.certification.models import Award, Credential, Cycle, CycleState
from lms.certification.phases import HELD, Phase, held_expression, phase_expression, phase_of
from lms.certification.queries import case_of, local_day, names_needed, standing
from lms.certification.requirement_types import Finding, Kind, State, Titles, requirement_type, requirement_types
from lms.certification.services import award, begin, ensure_scheme, follow, revoke
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError, NotAllowed
from lms.events.models import EventRow
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Network, Organization
from lms.organizations.queries import actor_of
from lms.security.actor import Role
from tests.certification import change_level, complete, level_rule, make_kit, make_module, make_scheme, the_kit
from tests.factories import add, grant, make_member, make_network, make_organization, make_person
from tests.queries import counted_statements

TODAY = now().date()


def make_pair() -> tuple[Network, Organization]:
    """An organization in a network that has the shipped scheme."""
    the_kit()
    network = make_network()
    organization = make_organization(network)
    make_scheme(network)
    return network, organization


def make_qualified(organization: Organization, people: int = 2) -> None:
    """Members who completed the whole kit."""
    modules, _kit = the_kit()
    for _ in range(people):
        person = make_member(organization)
        for module in modules:
            complete(person, module)


def followed(organization: Organization, network: Network, at: datetime | None = None) -> list[Award]:
    """Follow the facts, as an event would."""
    with write_unit():
        return follow(organization.id, network.id, at or now())


def test_staff_that_completed_a_module_count_while_they_are_members(app: Flask) -> None:
    network = make_network()
    organization = make_organization(network)
    module = make_module()
    done, undone = make_member(organization), make_member(organization)
    left = make_member(organization, ends_on=TODAY - timedelta(days=1))
    unconfirmed = make_member(organization, confirmed_at=None)
    for person in (done, left, unconfirmed, make_member(make_organization(network))):
        complete(person, module)
    parameters = {"people": 2, "module_id": module.id}
    finding = requirement_type("members_completed").evaluate(case_of(organization.id, network, TODAY), parameters)
    assert (finding.have, finding.need, finding.state) == (1, 2, State.MISSING)
    assert finding.missing == (undone.id,)
    assert finding.facts == {"completed": [done.id], "staff": 2}


def test_what_happens_after_the_day_does_not_count_yet(app: Flask) -> None:
    network = make_network(time_zone="Asia/Tehran")
    organization = make_organization(network)
    module = make_module()
    complete(make_member(organization), module, datetime(2026, 3, 1, 20, 29, tzinfo=UTC))
    complete(make_member(organization), module, datetime(2026, 3, 1, 20, 30, tzinfo=UTC))
    parameters = {"people": 1, "module_id": module.id}
    case = case_of(organization.id, network, date(2026, 3, 1))
    assert requirement_type("members_completed").evaluate(case, parameters).have == 1


@pytest.mark.parametrize(("people", "whole", "percent", "met"), [(3, 2, 66, True), (3, 2, 67, False), (0, 0, 1, False)])
def test_a_share_of_staff_completes_a_kit(app: Flask, people: int, whole: int, percent: int, met: bool) -> None:
    network = make_network()
    organization = make_organization(network)
    first, second = make_module(), make_module()
    kit = make_kit(first, second)
    for number in range(people):
        person = make_member(organization)
        complete(person, first)
        if number < whole:
            complete(person, second)
    parameters = {"percent": percent, "kit_id": kit.id}
    finding = requirement_type("share_completed_kit").evaluate(case_of(organization.id, network, TODAY), parameters)
    assert finding.met is met
    assert finding.have == whole


@pytest.mark.parametrize(("key", "of"), [("members_completed_kit", "kit_id"), ("share_completed", "module_id")])
def test_numbers_and_shares_are_of_modules_and_of_kits(app: Flask, key: str, of: str) -> None:
    network = make_network()
    organization = make_organization(network)
    first, second = make_module(), make_module()
    kit = make_kit(first, second)
    people = [make_member(organization) for _ in range(3)]
    for person in people[:2]:
        complete(person, first)
    complete(people[0], second)
    subject = kit.id if of == "kit_id" else first.id
    parameters = {of: subject, "people": 2, "percent": 60}
    finding = requirement_type(key).evaluate(case_of(organization.id, network, TODAY), parameters)
    done = people[:1] if of == "kit_id" else people[:2]
    assert finding.facts["completed"] == [person.id for person in done]
    assert finding.need == 2
    assert finding.missing == tuple(person.id for person in people[len(done) :])
    assert requirement_type(key).progress(finding)


@pytest.mark.parametrize(
    ("language", "people", "share"),
    [
        (
            "fa",
            "۲ نفر از کارکنان ماژول «شبکه» را تکمیل کرده باشند",
            "٪ کارکنان همهٔ ماژول‌های «بسته» را تکمیل کرده باشند",
        ),
        ("ar", "إكمال عاملَين الوحدة التدريبية «شبكة»", "إكمال 50% من العاملين جميع وحدات «حقيبة»"),
        ("en", "2 members of staff completed the module “network”", "50% of staff completed all modules of “kit”"),
    ],
)
def test_requirements_are_told_in_words(language: str, people: str, share: str) -> None:
    titles = Titles({1: {"fa": "شبکه", "ar": "شبكة", "en": "network"}}, {2: {"fa": "بسته", "ar": "حقيبة", "en": "kit"}})
    with reading_as(Formatter(language)):
        told = [
            requirement_type("members_completed").describe({"people": 2, "module_id": 1}, titles),
            requirement_type("share_completed_kit").describe({"percent": 50, "kit_id": 2}, titles),
        ]
    plain = [text.replace("\u2068", "").replace("\u2069", "") for text in told]
    assert plain[0] == people
    assert plain[1].endswith(share)


def test_conditions_are_counted_as_conditions_not_as_people() -> None:
    finding = Finding(State.MISSING, 1, 2)
    with reading_as(Formatter("fa")):
        assert "نفر" in requirement_type("members_completed").progress(finding)
        for key in ("any_of", "all_of", "k_of"):
            assert requirement_type(key).progress(finding) == "تاکنون ۱ مورد، لازم: ۲"


@pytest.mark.parametrize("wrong", [0, 101, "3", None, True])
def test_parameters_that_cannot_be_judged_are_refused(wrong: object) -> None:
    for type_ in requirement_types():
        if all(p.kind in (Kind.COUNT, Kind.PERCENT, Kind.MODULE, Kind.KIT, Kind.MONTHS) for p in type_.parameters):
            type_.check({p.name: 1 for p in type_.parameters})
    with pytest.raises(DomainError) as refusal:
        requirement_type("share_completed_kit").check({"percent": wrong, "kit_id": 1})
    assert refusal.value.field == "percent"


def test_a_requirement_of_an_absent_plugin_is_never_met(app: Flask) -> None:
    type_ = requirement_type("absent_thing")
    finding = type_.evaluate(case_of(1, make_network(), TODAY), {})
    assert not finding.met
    assert type_.progress(finding)


def test_the_shipped_scheme_awards_as_soon_as_its_rule_is_met(app: Flask) -> None:
    network, organization = make_pair()
    make_qualified(organization, 1)
    assert followed(organization, network) == []
    make_qualified(organization, 1)
    [made] = followed(organization, network)
    assert made.cycle.state == CycleState.CERTIFIED
    assert made.cycle.awarded_on == local_day(network, now())
    assert [each["have"] for each in made.facts["requirements"]] == [2, 2]
    assert made.rule["level"]["names"]["en"] == "Aware"
    credential = db.session.scalars(select(Credential)).one()
    assert (credential.organization_id, credential.network_id) == (organization.id, network.id)
    assert credential.expires_on == made.cycle.expires_on
    names = list(db.session.scalars(select(EventRow.name).order_by(EventRow.id)))
    assert names[-2:] == ["certificate_issued", "organization_awarded"]
    assert followed(organization, network) == [], "once is enough"


def test_a_level_that_lost_a_requirement_awards_nothing_of_itself(app: Flask) -> None:
    network = make_network()
    organization = make_organization(network)
    make_member(organization)
    absent = RequirementPlan("members_completed", {"people": 1, "module_id": Shipped("absent", "module")})
    level = replace(DEFAULT_SCHEME.levels[0], requirements=(absent,))
    with write_unit():
        ensure_scheme(network.id, now(), replace(DEFAULT_SCHEME, levels=(level,)))
    assert not level_rule(network).requirements
    assert not level_rule(network).automatic
    assert followed(organization, network) == []


def test_an_admin_awards_only_what_is_met(app: Flask) -> None:
    network, organization = make_pair()
    admin = make_person()
    change_level(network, automatic=False)
    with write_unit():
        cycle = begin(organization.id, network.id, level_rule(network), actor_id=admin.id, now=now())
        with pytest.raises(NotAllowed):
            award(cycle, actor_id=admin.id, now=now())
    with pytest.raises(IntegrityError), write_unit():
        begin(organization.id, network.id, level_rule(network), actor_id=admin.id, now=now())
    make_qualified(organization)
    assert followed(organization, network) == []
    with write_unit():
        made = award(db.session.get_one(Cycle, cycle.id), actor_id=admin.id, now=now())
    assert made is not None
    assert made.awarded_by_id == admin.id


def test_a_renewal_in_time_continues_where_the_certificate_ends(app: Flask) -> None:
    network, organization = make_pair()
    make_qualified(organization)
    [first] = followed(organization, network)
    ends = first.cycle.expires_on
    assert ends is not None
    soon = datetime.combine(ends - timedelta(days=10), datetime.min.time(), UTC)
    [second] = followed(organization, network, soon)
    assert second.cycle.id != first.cycle.id
    assert second.cycle.expires_on
    assert second.cycle.expires_on > ends + timedelta(days=700)
    found = standing(organization, network, local_day(network, soon))
    assert found is not None
    assert found.levels[0].phase is Phase.VALID


def test_after_a_revocation_people_decide(app: Flask) -> None:
    network, organization = make_pair()
    make_qualified(organization)
    followed(organization, network)
    admin = make_person().id
    with write_unit():
        credential = db.session.scalars(select(Credential)).one()
        with pytest.raises(DomainError):
            revoke(credential, "", actor_id=admin, now=now())
        revoke(credential, "The facts were not true.", actor_id=admin, now=now())
        with pytest.raises(NotAllowed):
            revoke(credential, "Again.", actor_id=admin, now=now())
    assert followed(organization, network) == []
    found = standing(organization, network, TODAY)
    assert found is not None
    assert found.levels[0].phase is Phase.REVOKED


def test_standing_tells_what_is_missing_and_who(app: Flask) -> None:
    network, organization = make_pair()
    modules, _kit = the_kit()
    done, needed = make_member(organization), make_member(organization)
    complete(done, modules[0])
    found = standing(organization, network, TODAY)
    assert found is not None
    assert found.current is found.levels[0]
    assert found.highest is None
    level = found.levels[0]
    assert (level.phase, level.met, len(level.requirements)) == (None, 0, 2)
    assert {person for each in level.requirements for person in each.finding.missing} == {done.id, needed.id}
    assert names_needed(found, actor_of(needed.id)) == {needed.id: needed.display_name}
    manager = grant(make_person(), Role.MANAGER, organization=organization)
    everyone = {done.id: done.display_name, needed.id: needed.display_name}
    assert names_needed(found, actor_of(manager.id)) == everyone
    admin = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    assert names_needed(found, actor_of(admin.id)) == {}


def test_who_leaves_puts_a_certificate_at_risk(app: Flask) -> None:
    network, organization = make_pair()
    make_qualified(organization)
    followed(organization, network)
    found = standing(organization, network, TODAY)
    assert found is not None
    assert not found.levels[0].at_risk
    with write_unit():
        for membership in db.session.get_one(Organization, organization.id).memberships:
            membership.ends_on = membership.starts_on
    found = standing(organization, network, TODAY)
    assert found is not None
    assert found.levels[0].at_risk
    assert found.levels[0].code


def test_standing_does_not_ask_more_of_a_large_organization(app: Flask) -> None:
    network, organization = make_pair()

    def statements() -> int:
        db.session.rollback()
        db.session.expire_all()
        subjects = db.session.get_one(Organization, organization.id), db.session.get_one(Network, network.id)
        with counted_statements() as sent:
            standing(*subjects, TODAY)
        return len(sent)

    make_qualified(organization, 2)
    followed(organization, network)
    few = statements()
    make_qualified(organization, 6)
    assert statements() == few


def test_the_phase_is_the_same_in_python_and_in_the_database(app: Flask) -> None:
    network, organization = make_pair()
    rule, base = level_rule(network), date(2028, 6, 1)
    fixed = {"organization_id": organization.id, "network_id": network.id, "started_on": base}
    level = {"level_id": rule.level_id, "rule_id": rule.id}
    ends = base + timedelta(days=400)
    days = {"window_opens_on": ends - timedelta(days=90), "due_on": ends, "grace_ends_on": ends + timedelta(days=75)}
    for state in CycleState:
        if state in ("in_progress", "submitted", "withdrawn"):
            if state != "submitted":
                add(Cycle(**fixed, **level, state=state))
            continue
        add(Cycle(**fixed, **level, state=state, awarded_on=base))
        add(Cycle(**fixed, **level, state=state, awarded_on=base, expires_on=ends + timedelta(days=15), **days))
    for number in (0, 309, 310, 311, 400, 415, 416, 475, 476):
        day = base + timedelta(days=number)
        rows = db.session.execute(select(Cycle, phase_expression(day), held_expression(day))).all()
        assert [phase for _cycle, phase, _held in rows] == [phase_of(cycle, day).value for cycle, _phase, _held in rows]
        assert [bool(held) for _cycle, _phase, held in rows] == [phase in HELD for _cycle, phase, _held in rows]
