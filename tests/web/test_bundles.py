"""Many certificates in one file."""

import zipfile
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.certification.binding import bind_certificates, let_go
from lms.certification.models import Bundle, BundleState, Credential, Visibility
from lms.certification.privacy import hide_certificates
from lms.certification.queries.bundles import bundle_files
from lms.certification.services import ask_for_bundle, follow, issue_for_completion, revoke, take_back
from lms.certification.services.bundles import KEPT
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.jobs import GiveUp
from lms.organizations.models import Network, Organization
from lms.progress.models import ModuleCompletion
from lms.security.actor import Role
from lms.training.models import Module
from tests.certification import complete, make_scheme, the_kit
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.stored import path_of


def certified(count: int) -> tuple[Network, list[Organization]]:
    """Organizations of one network that hold its first level."""
    modules, _kit = the_kit()
    network = make_network()
    make_scheme(network)
    organizations = [make_organization(network) for _ in range(count)]
    for organization in organizations:
        for person in [make_member(organization) for _ in range(2)]:
            for module in modules:
                complete(person, module)
        with write_unit():
            follow(organization.id, network.id, now())
    return network, organizations


def asked(of: Network | Organization, language: str = "fa") -> Bundle:
    """A bundle that somebody asked for."""
    with write_unit():
        return ask_for_bundle(of, language, actor_id=make_id(), now=now())


def make_id() -> int:
    """Somebody's id."""
    return db.session.scalar(select(func.min(Credential.id))) or 1


def names_in(bundle_id: int) -> list[str]:
    """The names of the files in a bundle."""
    key = db.session.get_one(Bundle, bundle_id).file_key
    assert key is not None
    with zipfile.ZipFile(path_of(key)) as archive:
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
        return archive.namelist()


def test_a_networks_certificates_come_in_one_file(app: Flask) -> None:
    network, organizations = certified(3)
    certified(1)
    credential = db.session.scalars(select(Credential).where(Credential.organization_id == organizations[2].id)).one()
    with write_unit():
        revoke(credential, "Not true.", actor_id=make_id(), now=now())
    made = asked(network)
    bind_certificates({"bundle": made.id})
    db.session.rollback()
    names = names_in(made.id)
    assert [name.rsplit(" ", 1)[0] for name in names] == [each.names["fa"] for each in organizations[:2]]
    bundle = db.session.get_one(Bundle, made.id)
    assert (bundle.state, bundle.done, bundle.total) == (BundleState.READY, 2, 2)
    with pytest.raises(GiveUp):
        bind_certificates({"bundle": made.id})


def test_an_organization_gets_what_its_people_show(app: Flask) -> None:
    modules, _kit = the_kit()
    organization = make_organization(make_network())
    shown, hidden = make_member(organization), make_member(organization)
    with write_unit():
        for person in (shown, hidden):
            issue_for_completion(complete_later(person.id, modules[0].id), now())
    with pytest.raises(DomainError):
        asked(organization)
    with write_unit() as session:
        [one] = session.scalars(select(Credential).where(Credential.person_id == shown.id))
        one.visibility = Visibility.LISTED
    made = asked(organization, "ar")
    bind_certificates({"bundle": made.id})
    db.session.rollback()
    assert [name.split(" TSH")[0] for name in names_in(made.id)] == [shown.display_name]


@pytest.mark.parametrize("how", ["taken back", "erased", "erased meanwhile"])
def test_what_somebody_takes_back_is_in_no_file(app: Flask, how: str) -> None:
    modules, _kit = the_kit()
    organization = make_organization(make_network())
    person = make_member(organization)
    with write_unit():
        [one] = issue_for_completion(complete_later(person.id, modules[0].id), now())
        one.visibility = Visibility.LISTED
    made = asked(organization)
    if how != "erased meanwhile":
        bind_certificates({"bundle": made.id})
        db.session.rollback()
        assert len(names_in(made.id)) == 1
    with write_unit():
        take_back(one, now()) if how == "taken back" else hide_certificates(person, now())
    if how == "erased meanwhile":
        with pytest.raises(GiveUp):
            bind_certificates({"bundle": made.id})
    db.session.rollback()
    bundle = db.session.get_one(Bundle, made.id)
    assert (bundle.state, bundle.file_key) == (BundleState.GONE, None)
    assert not list(bundle_files())
    with pytest.raises(DomainError):
        asked(organization)


def complete_later(person_id: int, module_id: int) -> ModuleCompletion:
    """A completion, in the present write unit."""
    version_id = db.session.get_one(Module, module_id).current_version_id or 0
    edition = {"version_id": version_id, "edition_id": version_id, "language": "fa", "score": 1.0}
    completion = ModuleCompletion(person_id=person_id, module_id=module_id, occurred_at=now(), **edition)
    db.session.add(completion)
    db.session.flush()
    return completion


def test_what_came_to_nothing_does_not_wait_for_ever(app: Flask) -> None:
    network, _organizations = certified(1)
    made = asked(network)
    with write_unit() as session:
        session.get_one(Bundle, made.id).asked_at -= KEPT
    let_go({})
    db.session.rollback()
    assert db.session.get_one(Bundle, made.id).state == BundleState.GONE


def test_what_is_being_bound_is_not_bound_twice(app: Flask) -> None:
    network, _organizations = certified(1)
    made = asked(network)
    assert asked(network).id == made.id
    assert asked(network, "ar").id != made.id
    other, _others = certified(1)
    assert asked(other).id != made.id
    bind_certificates({"bundle": made.id})
    db.session.rollback()
    assert asked(network).id != made.id


def test_a_file_goes_after_a_week(app: Flask) -> None:
    network, _organizations = certified(1)
    made = asked(network)
    bind_certificates({"bundle": made.id})
    let_go({})
    db.session.rollback()
    assert len(list(bundle_files())) == 1
    with write_unit() as session:
        session.get_one(Bundle, made.id).asked_at -= KEPT
    let_go({})
    db.session.rollback()
    assert list(bundle_files()) == []
    assert db.session.get_one(Bundle, made.id).state is BundleState.GONE


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_the_page_shows_how_far_it_is(client: PageClient, language: str) -> None:
    network, _organizations = certified(1)
    home = f"/{language}/networks/{network.public_id}/certificates"
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    client.get(home)
    page = client.follow(client.post(home, {"language": language}))
    assert "<progress" in page.text
    assert page.headers["Refresh"]
    made = db.session.scalars(select(Bundle)).one()
    assert client.get(f"/{language}/certificate-bundles/{made.public_id}/file", status=404)
    bind_certificates({"bundle": made.id})
    page = client.get(f"/{language}/certificate-bundles/{made.public_id}")
    assert "Refresh" not in page.headers
    answer = client.get(f"/{language}/certificate-bundles/{made.public_id}/file")
    assert len(zipfile.ZipFile(BytesIO(answer.data)).namelist()) == 1
    assert made.public_id in client.get(home).text


def test_without_certificates_the_page_says_so(client: PageClient) -> None:
    organization = make_organization(make_network())
    client.sign_in(grant(make_member(organization), Role.MANAGER, organization=organization))
    home = f"/en/organizations/{organization.public_id}/certificates"
    assert "No certificate yet" in client.get(home).text
    client.follow(client.post(home, {"language": "en"}))
    assert client.post(home, {"language": "xx"}, status=400)
