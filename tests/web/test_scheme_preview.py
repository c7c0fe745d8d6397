"""Before a change of a scheme is saved: whom it concerns; and what is refused at the end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lms.accounts.models import Person
from lms.accounts.services import erase_person
from lms.certification.models import Revision, SchemeDraft
from lms.certification.queries import rules_of
from lms.certification.services import cancel_revision, follow
from lms.clock import now
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.organizations.models import Network, Organization
from lms.security.actor import Role
from lms.training.models import Module
from tests.certification import complete, make_module, make_scheme, the_kit
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.web.test_scheme_editor import Desk, add_level
from tests.web.test_scheme_pages import plain

TODAY = now().date()


@pytest.fixture
def network(client: PageClient) -> Network:
    """A network with the shipped scheme, whose admin is signed in on `client`."""
    the_kit()
    network = make_network(created_at=now() - timedelta(days=900))
    make_scheme(network)
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    return network


def named(network: Network, name: str, *modules: Module, people: int = 2) -> Organization:
    """An organization whose people completed some modules, followed."""
    organization = make_organization(network, names={"en": name})
    for _ in range(people):
        person = make_member(organization)
        for module in modules:
            complete(person, module)
    with write_unit():
        follow(organization.id, network.id, now())
    return organization


def group(page: str, key: str) -> str:
    """What the page says of whom something would happen to."""
    _before, _id, rest = page.partition(f'id="group-{key}"')
    return rest.partition("</section>")[0]


@pytest.fixture
def three(network: Network) -> dict[str, Organization]:
    """One that holds the level, one that is on the way, and one of another network."""
    modules, _kit = the_kit()
    other = make_network()
    make_scheme(other)
    return {
        "holder": named(network, "Holder", *modules),
        "walker": named(network, "Walker", *modules, people=1),
        "foreign": named(other, "Foreign", *modules, people=1),
    }


def test_it_says_whom_a_change_concerns_and_that_is_what_happens(
    client: PageClient, network: Network, three: dict[str, Organization]
) -> None:
    desk = Desk(client, network).press("preview", **{"levels.0.requirements.0.people": "1"})
    assert group(desk.page, "awarded") == "", "who is on the way keeps the rule that it began under"
    assert "Nothing changes for any organization" in desk.page
    desk.decide("count", reach="running")
    awarded = group(desk.page, "awarded")
    assert f'href="/en/organizations/{three["walker"].public_id}"' in awarded
    assert "Walker" in awarded
    assert "Aware" in awarded
    assert "Holder" not in desk.page
    assert "Foreign" not in desk.page
    assert "2 organizations were looked at" in desk.page
    desk.decide(reach="running")
    with write_unit():
        assert follow(three["walker"].id, network.id, now())


def test_it_names_who_comes_to_be_at_risk_and_who_cannot_renew(
    client: PageClient, network: Network, three: dict[str, Organization]
) -> None:
    desk = Desk(client, network).press("preview", **{"levels.0.requirements.0.people": "3"})
    desk.decide("count", reach="running")
    assert "Holder" in group(desk.page, "at_risk")
    assert not group(desk.page, "ending")
    desk = (
        Desk(client, network)
        .press("add levels")
        .press("keep", **{"levels.1.name_en": "Other"})
        .press("remove levels.0")
    )
    desk.press("preview")
    assert "Holder" in group(desk.page, "ending")
    assert not group(desk.page, "at_risk"), "its facts are enough for what it was awarded for"


def test_a_level_to_come_counts_what_is_awarded_on_the_way(
    client: PageClient, network: Network, three: dict[str, Organization]
) -> None:
    desk = Desk(client, network)
    add_level(desk, "level_held")
    first = desk.fields["levels.0.key"]
    desk.press(
        "preview",
        **{"levels.1.requirements.0.level_id": first, "levels.1.awards": "rule", "levels.0.requirements.0.people": "1"},
    )
    desk.decide("count", reach="running")
    awarded = plain(group(desk.page, "awarded"))
    assert "Holder: Ready" in awarded
    assert "Walker: Aware and Ready" in awarded
    assert "New" in plain(desk.page)


def test_an_admins_level_is_said_to_be_hers_to_award(
    client: PageClient, network: Network, three: dict[str, Organization]
) -> None:
    desk = Desk(client, network)
    add_level(desk, "level_held")
    desk.press("preview", **{"levels.1.requirements.0.level_id": desk.fields["levels.0.key"]})
    assert "Holder" in group(desk.page, "ready")
    assert "Walker" not in desk.page


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_begin_on_a_later_day_in_the_readers_calendar(
    client: PageClient, network: Network, language: str
) -> None:
    later = TODAY + timedelta(days=40)
    reader = Formatter(language)
    parts = reader.date_parts(later)
    desk = Desk(client, network, language).press("preview", **{"levels.0.months_valid": "۳۶"})
    day, year = reader.digits_of(str(parts.day)), reader.digits_of(str(parts.year))
    typed: dict[str, Any] = {"starts_on-day": day, "starts_on-month": str(parts.month), "starts_on-year": year}
    desk.decide("count", **typed)
    assert reader.date(later) in plain(desk.page)
    desk.decide("save", **typed)
    rules = rules_of(network.id)
    assert rules is not None
    made = rules.revisions[-1]
    assert (made.starts_on, made.levels[0].months_valid, made.reaches_running) == (later, 36, False)
    assert (made.note, rules.on(TODAY).number) == ("We agreed.", 1)


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"starts_on": (TODAY - timedelta(days=2)).isoformat()}, "A change cannot begin in the past."),
    ({"starts_on": (TODAY + timedelta(days=3000)).isoformat()}, "within five years"),
    ({"starts_on-day": "31", "starts_on-month": "2", "starts_on-year": "2027"}, "There is no such date"),
    ({"note": " "}, "Say why"),
    ({"note": "x" * 1001}, "at most 1,000"),
    ({"reach": "everybody"}, "Choose one of the list."),
]


@pytest.mark.parametrize(("typed", "said"), REFUSED)
def test_what_cannot_be_saved_is_refused(
    client: PageClient, network: Network, typed: dict[str, str], said: str
) -> None:
    desk = Desk(client, network).press("preview", **{"levels.0.months_valid": "36"})
    page = desk.decide(status=422, **typed)
    assert said in page
    assert Desk(client, network).fields["levels.0.months_valid"] == "36"
    assert db.session.query(Revision).count() == 1


def test_a_change_that_changes_nothing_says_so(client: PageClient, network: Network) -> None:
    desk = Desk(client, network).press("preview")
    assert "There is nothing to save" in desk.page
    page = desk.decide(status=422)
    assert "There is nothing to save" in page
    assert db.session.query(Revision).count() == 1


def test_who_edits_what_somebody_else_changed_meanwhile_is_told(client: PageClient, network: Network) -> None:
    mine = Desk(client, network).press("preview", **{"levels.0.months_valid": "36"})
    colleague = make_person(display_name="Leila Mansour")
    theirs = PageClient(client.app).sign_in(grant(colleague, Role.NETWORK_ADMIN, network=network))
    saved = Desk(theirs, network).press("preview", **{"levels.0.grace_days": "10"}).decide(note="Shorter grace.")
    assert "The change is saved." in saved
    page = plain(mine.decide(status=422))
    for text in ("Leila Mansour", "Shorter grace.", "For 10 days after its end", "Somebody else has changed"):
        assert text in page, text
    assert db.session.query(Revision).count() == 2
    assert "Somebody else has changed" in Desk(client, network).press("keep").page
    page = client.follow(client.post(f"{mine.at}/go-on")).text
    assert "Somebody else" not in page
    assert "For 60 days" in page, "mine would bring the old grace back, and says so"
    assert "The change is saved." in mine.decide()
    assert db.session.query(Revision).count() == 3


def test_a_change_that_was_cancelled_meanwhile_is_nothing_to_build_on(client: PageClient, network: Network) -> None:
    later = (TODAY + timedelta(days=9)).isoformat()
    Desk(client, network).press("preview", **{"levels.0.months_valid": "36"}).decide(starts_on=later)
    desk = Desk(client, network)
    assert desk.fields["levels.0.months_valid"] == "36", "the newest is what one goes on from"
    desk.press("preview", **{"levels.0.grace_days": "10"})
    with write_unit():
        made = db.session.query(Revision).filter_by(number=2).one()
        cancel_revision(db.session.get_one(Network, network.id), made, actor_id=make_id(), now=now())
    desk.decide(status=422)
    assert "Somebody else has changed" in desk.page


def make_id() -> int:
    return db.session.query(Person.id).order_by(Person.id).first()[0]  # type: ignore[index]


def test_saving_twice_saves_once(client: PageClient, network: Network) -> None:
    desk = Desk(client, network).press("preview", **{"levels.0.months_valid": "36"})
    desk.decide()
    desk.decide()
    assert db.session.query(Revision).count() == 2


def test_a_module_that_went_meanwhile_is_told_when_saving(client: PageClient, network: Network) -> None:
    module = make_module(network_id=network.id)
    desk = Desk(client, network).press("preview", **{"levels.0.requirements.0.module_id": str(module.id)})
    with write_unit() as session:
        session.get_one(Module, module.id).archived_at = now()
    desk.decide(status=422)
    assert 'id="levels.0.requirements.0.module_id-error"' in desk.page
    assert db.session.query(Revision).count() == 1


def test_drafts_go_with_their_writer(client: PageClient, network: Network) -> None:
    Desk(client, network).press("keep")
    draft = db.session.query(SchemeDraft).one()
    with write_unit() as session:
        erase_person(session.get_one(Person, draft.person_id), now())
    assert not db.session.query(SchemeDraft).count()


def test_there_is_nothing_to_preview_without_a_draft(client: PageClient, network: Network) -> None:
    at = f"/en/networks/{network.public_id}/scheme"
    assert client.get(f"{at}/preview", 303).headers["Location"].endswith("/scheme/edit")
    assert (
        client.post(f"{at}/preview", {"do": "save", "reach": "new", "note": "x"}).headers["Location"].endswith("/edit")
    )
    client.post(f"{at}/go-on")


def test_another_networks_admin_is_told_of_nothing(client: PageClient, network: Network) -> None:
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=make_network()))
    at = f"/en/networks/{network.public_id}/scheme"
    for end in ("", "/edit", "/preview"):
        client.get(at + end, 404)
    for end in ("/edit", "/preview", "/discard", "/go-on"):
        client.post(at + end, {"do": "keep", "levels.0.key": "1"}, 404)
    assert not db.session.query(SchemeDraft).count()


def test_a_batch_costs_the_same_whatever_its_organizations_are_like(
    client: PageClient, network: Network, three: dict[str, Organization]
) -> None:
    desk = Desk(client, network).press("preview", **{"levels.0.requirements.0.people": "1"})
    desk.decide("count", reach="running")

    def statements() -> int:
        with counted_statements() as sent:
            client.get(f"{desk.at}/preview")
        return len(sent)

    few = statements()
    modules, _kit = the_kit()
    for number in range(12):
        named(network, f"More {number}", *modules, people=number % 3)
    assert statements() == few


def crowd(network: Network, organizations: int) -> None:
    """So many organizations, the network's scheme followed by none yet."""
    modules, _kit = the_kit()
    for _ in range(organizations):
        make_organization(network)
    complete(make_member(make_organization(network)), modules[0])


def test_two_hundred_organizations_more_cost_a_fixed_number_of_statements(
    client: PageClient, network: Network, counting: Callable[[str], list[str]]
) -> None:
    desk = Desk(client, network)
    add_level(desk, "level_held")
    desk.press("preview", **{"levels.1.requirements.0.level_id": desk.fields["levels.0.key"]})
    crowd(network, 199)
    one = len(counting(f"{desk.at}/preview"))
    crowd(network, 199)
    two = len(counting(f"{desk.at}/preview"))
    assert two - one <= 10, "of the second two hundred: who they are, their cycles, and each requirement once"


@pytest.fixture
def counting(client: PageClient) -> Callable[[str], list[str]]:
    """Visit a page; gives the statements that it cost."""

    def visit(path: str) -> list[str]:
        with counted_statements() as sent:
            client.get(path)
        return sent

    return visit
