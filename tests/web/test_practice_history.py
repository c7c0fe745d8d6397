"""Evidence and self-assessments on the line of time of an organization in a network."""

import re

import pytest

from lms.certification.assessments.services import confirm
from lms.certification.assessments.services.reviews import Verdict as Level
from lms.certification.evidence.models import Evidence, Verdict
from lms.certification.evidence.services import answer_party, name_party
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network, Organization
from lms.security.actor import Role
from tests.assessments import begin_round, closed_round, handed_in, make_team, questions_of
from tests.certification import the_kit
from tests.conftest import LANGUAGES
from tests.evidence import make_evidence, make_manager, make_reviewer, review, submit
from tests.factories import grant, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements

TITLE = "Meeting on water"


def history_of(network: Network, organization: Organization) -> str:
    """Its address."""
    return f"/en/networks/{network.public_id}/organizations/{organization.public_id}/history"


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_is_told_to_both_sides_by_their_own_names(client: PageClient, language: str) -> None:
    the_kit()
    network = make_network()
    organization = make_organization(network)
    manager = make_manager(organization, display_name="Parvaneh the manager")
    admin = grant(make_person(display_name="Nargess the admin"), Role.NETWORK_ADMIN, network=network)
    reviewer = make_reviewer(network)
    review(submit(make_evidence(organization, manager), network, manager), reviewer, Verdict.RETURN, comment="Secret?")
    here = history_of(network, organization).replace("/en/", f"/{language}/")
    of_network = client.sign_in(admin).get(here).text
    of_organization = client.sign_in(manager).get(here).text
    for page in (of_network, of_organization):
        assert page.count(TITLE) == 2, "handed in, returned"
        assert "Secret?" not in page, "what reviewers write is for who manages"
    assert "Parvaneh" not in of_network
    assert reviewer.display_name in of_network
    assert "Parvaneh" in of_organization
    assert reviewer.display_name not in of_organization
    if language == "en":
        assert "a reviewer of the network" in of_organization
        assert f"Evidence returned with comments: {TITLE}" in of_organization.replace("<bdi>", "").replace("</bdi>", "")


def test_a_party_finds_its_part_and_networks_only_their_own(client: PageClient) -> None:
    the_kit()
    network, elsewhere = make_network(), make_network()
    owner, other = make_organization(network), make_organization(network)
    manager, their = make_manager(owner), make_manager(other)
    admin = make_reviewer(network, Role.NETWORK_ADMIN)
    evidence = make_evidence(owner, manager)
    submission = submit(evidence, network, manager)

    def lines(organization: Organization) -> str:
        text: str = client.sign_in(admin).get(history_of(network, organization)).text
        return text

    assert TITLE not in lines(other)
    with write_unit():
        evidence = db.session.get_one(Evidence, evidence.id)
        party = name_party(evidence, other, actor_id=manager.id, now=now())
        answer_party(party, seen=evidence.revision, confirmed=True, actor_id=their.id, now=now())
    review(submission, make_reviewer(network))
    assert lines(other).count(TITLE) == 3, "handed in, confirmed, accepted"
    assert "Its part of shared evidence confirmed" in lines(other)
    assert "confirmed its part of evidence" in lines(owner)
    hers = make_reviewer(elsewhere, Role.NETWORK_ADMIN)
    apart = make_organization(elsewhere)
    assert TITLE not in client.sign_in(hers).get(history_of(elsewhere, apart)).text


def test_a_round_is_told_once_it_was_handed_in(client: PageClient) -> None:
    team = make_team()
    here = history_of(team.network, team.organization)
    found = closed_round(team)
    client.sign_in(team.admin)
    assert "Self-assessment begun" not in client.get(here).text, (
        "a network knows of no round that was not handed in to it"
    )
    given = handed_in(team, found)
    levels = {item.key: Level(2) for item in questions_of(found).items}
    with write_unit():
        confirm(db.session.get_one(type(given), given.id), levels, "", actor_id=team.admin.id, now=now())
    page = re.sub("<[^>]*>", "", client.get(here).text)
    for words in ("begun", "closed", "handed in", "confirmed"):
        assert f"Self-assessment {words}: Networking capacity" in page
    assert team.manager.display_name not in page
    begin_round(team)
    assert client.get(here).text.count("Self-assessment begun") == 1


def test_what_it_costs_does_not_grow(client: PageClient) -> None:
    the_kit()
    network = make_network()
    organization = make_organization(network)
    manager = make_manager(organization)
    client.sign_in(make_reviewer(network, Role.NETWORK_ADMIN))

    def statements() -> int:
        with counted_statements() as sent:
            client.get(history_of(network, organization))
        return len(sent)

    def hand_in() -> None:
        review(submit(make_evidence(organization, manager), network, manager), make_reviewer(network))

    hand_in()
    few = statements()
    for _ in range(4):
        hand_in()
    assert statements() == few
