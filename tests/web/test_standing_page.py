"""Where organizations stand, as boards and the home page show it."""

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.privacy import exported
from lms.accounts.services.erasing import erase_person
from lms.certification.models import Credential, Cycle, CycleState, Visibility
from lms.certification.services import follow, issue_for_completion, revoke, set_visibility
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.progress.models import ModuleCompletion
from lms.security.actor import Role
from tests.certification import change_level, complete, make_scheme, the_kit
from tests.conftest import LANGUAGES
from tests.factories import LONG_AGO, add, grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements

PROGRESS = {"fa": "سطح ۱ در حال انجام", "ar": "المستوى 1 قيد الإنجاز", "en": "Level 1 in progress"}
CERTIFIED = {"fa": "سطح ۱ گواهی‌شده", "ar": "المستوى 1 معتمد", "en": "Level 1 certified"}


def started() -> tuple[Network, Organization]:
    """An organization that has begun its way in a network."""
    network = make_network()
    the_kit()
    make_scheme(network)
    organization = make_organization(network)
    followed(network, organization)
    return network, organization


def followed(network: Network, organization: Organization) -> None:
    """Follow the facts, as an event would."""
    with write_unit():
        follow(organization.id, network.id, now())


def qualify(organization: Organization, people: int = 2) -> list[Person]:
    """Members who completed the kit."""
    modules, _kit = the_kit()
    members = [make_member(organization) for _ in range(people)]
    for person in members:
        for module in modules:
            complete(person, module)
    return members


def address(language: str, organization: Organization) -> str:
    """The organization's board."""
    return f"/{language}/organizations/{organization.public_id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_shows_the_way_and_then_the_certificate(client: PageClient, language: str) -> None:
    network, organization = started()
    member = make_member(organization)
    page = client.sign_in(member).get(address(language, organization)).text
    assert PROGRESS[language] in page
    assert page.count('<li class="req">') == 2
    qualify(organization)
    followed(network, organization)
    code = db.session.scalars(select(Credential.code)).one()
    page = client.get(address(language, organization)).text
    assert CERTIFIED[language] in page
    assert f"/{language}/verify/{code}" in page


def test_a_certificate_at_risk_says_so(client: PageClient) -> None:
    network, organization = started()
    members = qualify(organization)
    followed(network, organization)
    with write_unit():
        gone = db.session.get_one(Organization, organization.id).memberships[0]
        gone.ends_on = now().date()
    page = client.sign_in(members[1]).get(address("en", organization)).text
    assert "at risk" in page


def test_names_of_who_is_needed_are_for_managers(client: PageClient) -> None:
    network, organization = started()
    make_member(organization, make_person(display_name="Zahra"))
    manager = grant(make_person(), Role.MANAGER, organization=organization)
    colleague = make_member(organization)
    admin = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    assert "Zahra" in client.sign_in(manager).get(address("en", organization)).text
    assert "Zahra" not in client.sign_in(colleague).get(address("en", organization)).text
    assert "Zahra" not in client.sign_in(admin).get(address("en", organization)).text


def test_an_admin_sees_nothing_of_another_network(client: PageClient) -> None:
    network, organization = started()
    other = make_network(names={"en": "Quite another network"})
    make_scheme(other)
    add(NetworkMembership(network_id=other.id, organization_id=organization.id, starts_on=LONG_AGO))
    db.session.expire_all()
    admin = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    client.sign_in(admin)
    assert client.get(address("en", organization)).text.count('id="way-') == 1
    assert client.sign_in(make_member(organization)).get(address("en", organization)).text.count('id="way-') == 2


def test_a_network_admin_awards_where_the_rule_does_not(client: PageClient) -> None:
    network, organization = started()
    change_level(network, automatic=False)
    cycle = db.session.scalars(select(Cycle)).one()
    page = f"/en/cycles/{cycle.public_id}"
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    assert page in client.get(address("en", organization)).text
    assert f"{page}/award" not in client.get(page).text
    assert "Not every requirement" in client.post(f"{page}/award", status=422).text
    assert cycle_state() == CycleState.IN_PROGRESS
    qualify(organization)
    assert f"{page}/award" in client.get(page).text
    client.follow(client.post(f"{page}/award"))
    assert cycle_state() == CycleState.CERTIFIED


def cycle_state() -> str:
    """The state of the newest cycle."""
    return str(db.session.scalars(select(Cycle.state).order_by(Cycle.id.desc())).first())


def test_a_network_admin_lets_a_level_begin_anew(client: PageClient) -> None:
    network, organization = started()
    qualify(organization)
    followed(network, organization)
    admin = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    with write_unit():
        revoke(db.session.scalars(select(Credential)).one(), "Not true.", actor_id=admin.id, now=now())
    cycle = db.session.scalars(select(Cycle)).one()
    page = f"/en/cycles/{cycle.public_id}"
    deed = f"{page}/again"
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=make_network()))
    client.post(deed, status=404)
    assert page in client.sign_in(admin).get(address("en", organization)).text
    assert deed in client.get(page).text
    client.follow(client.post(deed))
    assert cycle_state() == CycleState.CERTIFIED
    client.post(deed, status=422)
    assert len(db.session.scalars(select(Cycle.id)).all()) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_tells_her_part_and_what_she_holds(client: PageClient, language: str) -> None:
    _network, organization = started()
    member = make_member(organization)
    page = client.sign_in(member).get(f"/{language}/").text
    assert address(language, organization) in page
    assert 'class="ring ring-s"' in page
    modules, _kit = the_kit()
    completion = complete(member, modules[0])
    with write_unit():
        [credential] = issue_for_completion(db.session.get_one(ModuleCompletion, completion.id), now())
    assert f"/{language}/verify/{credential.code}" in client.get(f"/{language}/").text
    assert f"/{language}/certificates" in client.get(f"/{language}/m/{modules[0].public_id}/").text.split("<main")[1]


def test_the_board_asks_the_same_of_many_as_of_few(client: PageClient) -> None:
    _network, organization = started()
    manager = grant(make_person(), Role.MANAGER, organization=organization)
    client.sign_in(manager)

    def statements() -> int:
        with counted_statements() as sent:
            client.get(address("fa", organization))
        return len(sent)

    qualify(organization, 1)
    few = statements()
    qualify(organization, 5)
    assert statements() == few


def test_the_board_names_whoever_chose_to_be_listed(client: PageClient) -> None:
    network, organization = started()
    member = make_member(organization, make_person(display_name="Zahra"))
    modules, _kit = the_kit()
    completion = complete(member, modules[0])
    with write_unit():
        [credential] = issue_for_completion(db.session.get_one(ModuleCompletion, completion.id), now())
    colleague = make_member(organization)
    admin = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    assert credential.code not in client.sign_in(colleague).get(address("en", organization)).text
    with write_unit():
        set_visibility(db.session.get_one(Credential, credential.id), Visibility.LISTED)
    page = client.get(address("en", organization)).text
    assert credential.code in page
    assert "Zahra" in page
    assert credential.code not in client.sign_in(admin).get(address("en", organization)).text


def test_certificates_are_downloaded_and_erased_with_the_account(client: PageClient) -> None:
    person = make_person(display_name="Zahra")
    modules, _kit = the_kit()
    completion = complete(person, modules[0])
    with write_unit():
        [credential] = issue_for_completion(db.session.get_one(ModuleCompletion, completion.id), now())
        set_visibility(credential, Visibility.LISTED)
    with client.app.test_request_context("/en/"):
        [part] = exported(db.session.get_one(Person, person.id))["certificates"]
    assert (part["code"], part["visibility"]) == (credential.code, "listed")
    with write_unit():
        erase_person(db.session.get_one(Person, person.id), now())
    db.session.expire_all()
    assert db.session.get_one(Credential, credential.id).visibility == Visibility.UNLISTED
    assert "Zahra" not in client.get(f"/en/verify/{credential.code}").text
