"""A network's scheme in words: what it says, how it came to be so, for whom it is to be read."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from lms.certification.defaults import DEFAULT_SCHEME, LevelAt, LevelPlan, RequirementPlan, SchemePlan
from lms.certification.models import Expiry, FixedCalendar, Revision
from lms.certification.queries import local_day, revisions_of, rules_of
from lms.certification.services import cancel_revision, revise
from lms.clock import now
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.security.actor import Role
from tests.certification import make_module, make_scheme, the_kit
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements

TODAY = now().date()


@pytest.fixture
def network(client: PageClient) -> Network:
    """A network with the shipped scheme, whose admin is signed in on `client`."""
    the_kit()
    network = make_network(created_at=now() - timedelta(days=900))
    make_scheme(network)
    admin = make_person(display_name="Narges Karimi")
    client.sign_in(grant(admin, Role.NETWORK_ADMIN, network=network))
    return network


def change(network: Network, plan: SchemePlan, starts_on: date = TODAY, **terms: Any) -> Revision:
    """A revision."""
    actor_id = terms.pop("actor_id", None) or make_person().id
    said = {"reaches_running": False, "note": "A note.", "actor_id": actor_id, "now": now(), **terms}
    with write_unit():
        return revise(db.session.get_one(Network, network.id), plan, starts_on=starts_on, **said)


def second_level(*requirements: RequirementPlan, **terms: Any) -> LevelPlan:
    """A level to come after the shipped one."""
    names = {"fa": "آماده", "ar": "جاهزة", "en": "Ready"}
    return LevelPlan(names, 12, False, requirements, **terms)


def shipped(network: Network) -> LevelPlan:
    """The shipped level as it stands, by its id."""
    rules = rules_of(network.id)
    assert rules is not None
    rule = rules.revisions[0].levels[0]
    asked = tuple(RequirementPlan(each["type"], each["parameters"]) for each in rule.requirements)
    return replace(DEFAULT_SCHEME.levels[0], level_id=rule.level_id, requirements=asked)


def plain(page: str) -> str:
    """A page's text with nothing but what marks changes."""
    return re.sub("</?(?!ins|del)[a-z][^>]*>|[\u2068\u2069]", "", page)


def address(network: Network, end: str = "", language: str = "en") -> str:
    return f"/{language}/networks/{network.public_id}/scheme{end}"


SAYS = {
    "fa": ("۲ نفر از کارکنان", "۲۴ ماه؛ تمدید به‌موقع", "از ۹۰ روز پیش از پایان", "خودبه‌خود"),
    "ar": ("إكمال عاملَين", "24 شهرًا؛", "من 90 يومًا قبل نهايتها", "تلقائيًّا"),
    "en": ("2 members of staff", "24 months; a renewal", "From 90 days before its end on", "Of itself"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scheme_is_told_in_words(client: PageClient, network: Network, language: str) -> None:
    board = f"/{language}/networks/{network.public_id}/certification"
    assert address(network, language=language) in client.get(board).text
    page = client.get(address(network, language=language)).text
    for text in SAYS[language]:
        assert text in page
    told = Formatter(language).day(validity_end(network))
    assert told in page, "a date in the reader's calendar"


def validity_end(network: Network) -> date:
    """The last day of an award of today under the shipped rule."""
    day = local_day(network, now())
    return day.replace(year=day.year + 2) - timedelta(days=1)


@pytest.mark.parametrize("told", LANGUAGES)
def test_it_can_be_read_in_the_other_languages(client: PageClient, network: Network, told: str) -> None:
    page = client.get(address(network, f"?told={told}")).text
    for text in SAYS[told]:
        assert text in page
    assert "Certification scheme" in page, "the page around it stays the reader's"
    assert "2 members of staff" in client.get(address(network, "?told=xx")).text


def test_what_nests_is_listed_within_what_holds_it(client: PageClient, network: Network) -> None:
    module = make_module()
    deep = RequirementPlan("any_of", {"of": [asks(module.id), RequirementPlan("level_held", {"level_id": LevelAt(1)})]})
    plan = SchemePlan(
        {"en": "Scheme"},
        (shipped(network), second_level(RequirementPlan("k_of", {"k": 1, "of": [asks(module.id), deep]}))),
    )
    change(network, plan)
    page = client.get(address(network)).text
    outer, inner = page.index("at least 1 of these:"), page.index("one of these:")
    assert outer < page.index("<ul", outer) < inner < page.index("<ul", inner)
    assert "holds the level" in page[inner:]
    assert "Aware" in page[page.index("holds the level") :][:80]


def asks(module_id: int, people: int = 1) -> RequirementPlan:
    return RequirementPlan("members_completed", {"people": people, "module_id": module_id})


TERMS: list[tuple[dict[str, Any], str]] = [
    ({"months_valid": None, "expiry": Expiry.AWARD}, "Without end."),
    ({"expiry": Expiry.AWARD}, "12 months from the day of the award, of a renewal too."),
    (
        {"expiry": Expiry.FIXED, "fixed": (FixedCalendar.JALALI, 12, 29)},
        "Until the next 29 Esfand that leaves it valid for 12 months at least.",
    ),
    (
        {"expiry": Expiry.FIXED, "fixed": (FixedCalendar.GREGORIAN, 6, 30)},
        "Until the next 30 June that leaves it valid for 12 months at least.",
    ),
    ({"window_days": 0}, "From its last valid day on."),
    ({"grace_days": 0}, "None."),
    ({"four_eyes": True}, "By a network admin, after a second one has agreed."),
    ({}, "By a network admin, once everything is met."),
]


@pytest.mark.parametrize(("terms", "said"), TERMS)
def test_every_term_has_its_sentence(client: PageClient, network: Network, terms: dict[str, Any], said: str) -> None:
    level = replace(second_level(asks(make_module().id)), **terms)
    change(network, SchemePlan({"en": "Scheme"}, (level,)))
    assert said in client.get(address(network)).text


def test_a_renewal_counts_from_where_the_database_says(client: PageClient, network: Network) -> None:
    """What a row says is text, not a member: the end of a renewal follows from it all the same."""
    db.session.expire_all()
    page = client.get(address(network)).text
    end = validity_end(network)
    assert f"until {Formatter('en').day(end.replace(year=end.year + 2))}." in page


def test_each_revision_tells_what_it_changed_and_why(client: PageClient, network: Network) -> None:
    module = make_module(titles={"en": "Partners"})
    first = shipped(network)
    changed = RequirementPlan("members_completed", {**first.requirements[0].parameters, "people": 3})
    plan = SchemePlan(
        {"fa": "شبکه‌سازی", "ar": "التشبيك", "en": "Working together"},
        (replace(first, requirements=(changed,), months_valid=36), second_level(asks(module.id))),
    )
    admin = make_person(display_name="Leila Mansour")
    change(network, plan, note="Because <b>we</b> agreed.", actor_id=admin.id, reaches_running=True)
    page = plain(client.get(address(network)).text)
    for text in (
        "Because &lt;b&gt;we&lt;/b&gt; agreed.",
        "Leila Mansour",
        "also for cycles under way",
        "<del>2 members of staff completed the module “What networking is”</del>",
        "<ins>3 members of staff completed the module “What networking is”</ins>",
        "<del>50% of staff completed all modules of “The networking kit”</del>",
        "1 member of staff completed the module “Partners”",
        "Name in English",
        "Working together",
    ):
        assert text in page, text


def test_a_coming_change_can_be_cancelled(client: PageClient, network: Network) -> None:
    later = TODAY + timedelta(days=30)
    coming = change(network, SchemePlan({"en": "Other"}, (shipped(network),)), later)
    html = client.get(address(network)).text
    page = plain(html)
    assert f"A change is coming on {Formatter('en').date(later)}." in page
    assert "Networking" in page[: page.index("How it came to be so")], "it says still what it said"
    confirm = address(network, f"/revisions/{coming.number}/cancel")
    assert confirm in html
    assert "A note." in client.get(confirm).text
    page = client.follow(client.post(confirm)).text
    assert "Cancelled" in page
    assert "A change is coming" not in page
    assert rules_of(network.id).revisions[-1].number == 1  # type: ignore[union-attr]


def test_a_change_that_a_later_one_overtakes_is_not_coming(client: PageClient, network: Network) -> None:
    overtaken = change(network, SchemePlan({"en": "Never"}, (shipped(network),)), TODAY + timedelta(days=30))
    coming = change(network, SchemePlan({"en": "Other"}, (shipped(network),)), TODAY + timedelta(days=20))
    html = client.get(address(network)).text
    assert plain(html).count("A change is coming") == 1
    assert plain(html).count("Replaced") == 1
    assert address(network, f"/revisions/{coming.number}/cancel") in html
    assert address(network, f"/revisions/{overtaken.number}/cancel") not in html


def test_what_has_begun_cannot_be_cancelled(client: PageClient, network: Network) -> None:
    made = change(network, SchemePlan({"en": "Other"}, (shipped(network),)))
    for number in (made.number, 1):
        page = client.follow(client.post(address(network, f"/revisions/{number}/cancel"))).text
        assert "has begun already" in page
    assert all(each.cancelled_at is None for each in revisions_of(network.id))
    client.get(address(network, "/revisions/7/cancel"), 404)
    client.post(address(network, "/revisions/7/cancel"), status=404)


def reading(organization: Organization, network: Network) -> str:
    return f"/en/organizations/{organization.public_id}/schemes/{network.public_id}"


READERS: dict[str, Callable[[Organization], Any]] = {
    "member": make_member,
    "manager": lambda organization: grant(make_person(), Role.MANAGER, organization=organization),
}


@pytest.mark.parametrize("reader", READERS)
def test_organizations_of_the_network_may_read_it(client: PageClient, network: Network, reader: str) -> None:
    organization = make_organization(network)
    admin = make_person(display_name="Leila Mansour")
    coming = change(
        network, SchemePlan({"en": "Other"}, (shipped(network),)), TODAY + timedelta(days=9), actor_id=admin.id
    )
    client.sign_in(READERS[reader](organization))
    at = reading(organization, network)
    assert at in client.get(f"/en/organizations/{organization.public_id}").text
    page = client.get(at).text
    assert "2 members of staff" in page
    assert "A change is coming" in page
    assert "Leila Mansour" not in page, "admins are named to admins only"
    assert "Change the scheme" not in page
    for end in ("", "/edit", "/preview", f"/revisions/{coming.number}/cancel"):
        client.get(address(network, end), 404)


def test_who_is_elsewhere_reads_nothing(client: PageClient, network: Network) -> None:
    organization, stranger = make_organization(network), make_organization(make_network())
    client.sign_in(make_member(stranger))
    client.get(reading(organization, network), 404)
    client.get(reading(stranger, network), 404)
    former = make_organization(network)
    with write_unit() as session:
        link = session.query(NetworkMembership).filter_by(organization_id=former.id).one()
        link.ends_on = link.starts_on
    client.sign_in(make_member(former))
    client.get(reading(former, network), 404)


def test_an_organization_of_two_networks_shows_neither_admin_the_others_scheme(
    client: PageClient, network: Network
) -> None:
    other = make_network()
    make_scheme(other)
    organization = make_organization(network)
    with write_unit() as session:
        session.add(NetworkMembership(network_id=other.id, organization_id=organization.id, starts_on=date(2020, 1, 1)))
    client.get(reading(organization, network))
    client.get(reading(organization, other), 404)
    client.get(address(other), 404)


def test_a_network_without_a_scheme_says_so(client: PageClient) -> None:
    network = make_network()
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    assert "has not set any level yet" in client.get(address(network)).text


def test_a_long_history_costs_no_more_statements(client: PageClient, network: Network) -> None:
    def statements() -> int:
        with counted_statements() as sent:
            client.get(address(network))
        return len(sent)

    module = make_module()
    change(network, SchemePlan({"en": "Other"}, (shipped(network), second_level(asks(module.id)))))
    few = statements()
    for people in range(2, 8):
        actor = make_person()
        plan = SchemePlan({"en": "Other"}, (shipped(network), second_level(asks(make_module().id, people))))
        change(network, plan, actor_id=actor.id)
    cancelled = change(network, SchemePlan({"en": "Other"}, (shipped(network),)), TODAY + timedelta(days=9))
    with write_unit():
        cancel_revision(network, db.session.get_one(Revision, cancelled.id), actor_id=actor.id, now=now())
    assert statements() == few
