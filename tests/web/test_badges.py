"""Certificates as signed credentials: what they say, who gets them, who believes them, and what is revoked."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.accounts.services import erase_account
from lms.certification.certificates import certificate_of
from lms.certification.evidence.models import Evidence
from lms.certification.evidence.services import say_in_public
from lms.certification.models import Credential, IssuerKey, Visibility
from lms.certification.openbadges.baking import from_png, from_svg
from lms.certification.openbadges.bitstrings import BITS, decoded_list, is_set
from lms.certification.openbadges.checking import Means, Outcome, judge
from lms.certification.openbadges.checking.reading import Handed
from lms.certification.openbadges.given import list_in
from lms.certification.openbadges.queries import key_in_use
from lms.certification.openbadges.register import ask_register
from lms.certification.openbadges.sealed import seed_of
from lms.certification.openbadges.services import give_place, keys_that_cannot_sign, rotate_key
from lms.certification.openbadges.signed import json_of, jwt_of
from lms.certification.queries.bundles import bound_count
from lms.certification.services import resume, suspend, take_back
from lms.certification.sheets import Status, whole_sheet
from lms.clock import now
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Network
from lms.settings import Settings
from tests.badges import claims_of, document_of, list_of, statuses_of
from tests.evidence import make_evidence, make_manager, make_reviewer, review, submit
from tests.factories import make_network, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.verifiers import javascript_says, python_says
from tests.web.test_verification import NAMES, organization_certificate, personal_certificate, put, void

KINDS = {"credential.json": "json", "credential.jwt": "jwt", "badge.png": "png", "badge.svg": "svg"}


def fresh(credential: Credential) -> Credential:
    """The credential as the database has it now."""
    db.session.expire_all()
    return db.session.get_one(Credential, credential.id)


def test_an_organizations_credential_says_what_its_certificate_says(app: Flask) -> None:
    credential = organization_certificate(make_network(time_zone="Asia/Tehran", names={"fa": "شبکهٔ مهر", "en": "Mehr"}))
    document = document_of(credential)
    subject = document["credentialSubject"]
    assert credential.organization
    assert document["id"] == f"urn:uuid:{credential.uid}"
    assert (subject["id"], subject["type"]) == (credential.organization.uid.urn, ["AchievementSubject", "Profile"])
    assert (subject["name"], document["issuer"]["name"]) == (NAMES["fa"], "شبکهٔ مهر")
    assert [each["identityHash"] for each in subject["identifier"]] == [NAMES["ar"], NAMES["en"]]
    # Midnight in Tehran, three and a half hours before that of UTC.
    assert document["validFrom"] == f"{credential.issued_on - timedelta(days=1)}T20:30:00Z"
    assert document["validUntil"] == f"{credential.expires_on}T20:29:59Z"
    narrative = subject["achievement"]["criteria"]["narrative"]
    assert narrative.index("**فارسی**") < narrative.index("**العربية**") < narrative.index("**English**")
    assert "members of staff completed the module" in narrative
    assert document["evidence"][0]["id"] == f"http://localhost/v/{credential.code}"
    assert "\u2068" not in json.dumps(document, ensure_ascii=False)


def test_a_persons_credential_names_her_as_her_certificate_does(app: Flask) -> None:
    credential = personal_certificate()
    subject = document_of(credential)["credentialSubject"]
    names = [each["identityHash"] for each in subject["identifier"]]
    assert names == ["مریم رستمی", "Maryam Rostami"]
    put(credential, visibility=Visibility.PSEUDONYM)
    pseudonymous = document_of(fresh(credential))
    assert [each["identityHash"] for each in pseudonymous["credentialSubject"]["identifier"]] == ["مریم رستمی"]
    assert "Rostami" not in json.dumps(pseudonymous)
    # Two of hers cannot be told to be of one person, and neither tells her account or her code.
    other = personal_certificate(db.session.get_one(Person, credential.person_id))
    assert document_of(other)["credentialSubject"]["id"] != subject["id"]
    said = json_of(fresh(credential)) + str(claims_of(jwt_of(fresh(credential))))
    person = db.session.get_one(Person, credential.person_id)
    assert str(person.uid) not in said
    assert credential.code not in said


def test_the_same_certificate_always_gives_the_same_credential(app: Flask) -> None:
    credential = organization_certificate()
    first = json_of(credential), jwt_of(credential)
    assert (json_of(fresh(credential)), jwt_of(fresh(credential))) == first


@pytest.mark.parametrize("whose", ["organization", "person"])
def test_two_other_programs_accept_it_until_it_is_changed_or_revoked(client: PageClient, whose: str) -> None:
    credential = organization_certificate() if whose == "organization" else personal_certificate()
    document, token = document_of(credential), jwt_of(credential)
    texts = list_of(client, credential)
    lists = {address: json.loads(text) for address, text in texts.items() if text.startswith("{")}
    assert javascript_says(document, lists) == {"verified": True, "errors": [], "revoked": False}
    assert python_says(document, texts) == ""
    assert python_says(token, texts) == ""

    forged = {**document, "validFrom": "2020-01-01T00:00:00Z"}
    assert javascript_says(forged, lists)["errors"] == ["Invalid signature."]
    assert "Invalid Data Integrity proof" in python_says(forged, texts)
    head, payload, signature = token.split(".")
    assert python_says(f"{head}.{payload[:-8]}{'A' * 8}.{signature}", texts)

    with write_unit():
        row = db.session.get_one(Credential, credential.id)
        if whose == "person":
            take_back(row, now())
        else:
            row.revoke("پرونده نادرست بود.", now())
    texts = {address: client.http.get(address.removeprefix("http://localhost")).text for address in texts}
    lists = {address: json.loads(text) for address, text in texts.items() if text.startswith("{")}
    assert javascript_says(document, lists)["revoked"]
    assert "revocation" in python_says(document, texts)
    assert "revocation" in python_says(token, texts)


def test_two_other_programs_refuse_it_while_it_is_suspended_and_accept_it_again(client: PageClient) -> None:
    credential = organization_certificate()
    document, token = document_of(credential), jwt_of(credential)
    assert [each["statusPurpose"] for each in statuses_of(document)] == ["revocation", "suspension"]
    for step in ("suspend", "resume"):
        turn(credential, step)
        texts = lists_named(client, document) | lists_named(client, claims_of(token))
        lists = {address: json.loads(text) for address, text in texts.items() if text.startswith("{")}
        suspended = step == "suspend"
        assert javascript_says(document, lists)["revoked"] is suspended
        assert ("suspension" in python_says(document, texts)) is suspended
        assert ("suspension" in python_says(token, texts)) is suspended
        means = Means({}, given_lists(document, bytes_of(texts)))
        with reading_as(Formatter("en")):
            verdict = judge(json.dumps(document).encode(), means, now())
        assert (verdict.outcome is Outcome.REFUSED) is suspended, verdict.reason
        assert ("suspended" in verdict.reason) is suspended


def turn(credential: Credential, step: str) -> None:
    """Suspend or resume it."""
    admin_id = make_person().id
    with write_unit():
        award = db.session.get_one(Credential, credential.id).award
        assert award
        {"suspend": suspend, "resume": resume}[step](award.cycle, "An audit.", actor_id=admin_id, now=now())
    db.session.expire_all()


def lists_named(client: PageClient, document: dict[str, Any]) -> dict[str, str]:
    """The published lists that a credential names, by their addresses."""
    addresses = [each["statusListCredential"] for each in statuses_of(document)]
    return {address: client.http.get(address.removeprefix("http://localhost")).text for address in addresses}


def bytes_of(texts: dict[str, str]) -> Callable[[str], bytes]:
    """Lists as they come over the line."""
    return lambda address: texts[address].encode()


def test_a_suspended_one_says_so_everywhere(client: PageClient) -> None:
    credential = organization_certificate()
    file = json_of(credential)
    assert bound_count(credential.network_id, None, now().date()) == 1
    turn(credential, "suspend")
    page = client.get(f"/en/verify/{credential.code}").text
    assert "This certificate is suspended" in page
    assert "certificate-void" in page
    whole = fresh(credential)
    sheet = whole_sheet(whole, now().date())
    assert sheet.status is Status.SUSPENDED
    with reading_as(Formatter("en")):
        assert certificate_of(sheet, "http://localhost").void_label == "Suspended"
        asked = judge(file.encode(), Means({}, {}, ask_register), now())
    assert client.http.get(f"/en/verify/{credential.code}/badge.png").status_code == 404
    assert bound_count(credential.network_id, None, now().date()) == 0
    assert asked.outcome is Outcome.REFUSED
    assert "suspended" in asked.reason
    turn(credential, "resume")
    assert "This certificate is valid" in client.get(f"/en/verify/{credential.code}").text
    assert judge(file.encode(), Means({}, {}, ask_register), now()).outcome is Outcome.GOOD


def test_a_forged_list_is_refused_by_others(client: PageClient) -> None:
    credential = organization_certificate()
    texts = list_of(client, credential)
    lists = {address: json.loads(text) for address, text in texts.items() if text.startswith("{")}
    for each in lists.values():
        each["credentialSubject"]["statusPurpose"] = "message"
    assert not javascript_says(document_of(credential), lists)["verified"]


@pytest.mark.parametrize("whose", ["organization", "person"])
@pytest.mark.parametrize("name", KINDS)
def test_whoever_has_the_code_gets_the_files(client: PageClient, whose: str, name: str) -> None:
    credential = organization_certificate() if whose == "organization" else personal_certificate()
    for visitor in (client, PageClient(client.app).sign_in(make_person())):
        response = visitor.http.get(f"/fa/verify/{credential.code}/{name}")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"] == f"attachment; filename={credential.code}.{KINDS[name]}"
        assert "sandbox" in response.headers["Content-Security-Policy"]
    assert client.http.post(f"/fa/verify/{credential.code}/{name}").status_code in (400, 405)
    assert client.http.get(f"/fa/verify/TSH-2222-2222/{name}").status_code == 404


def test_what_is_in_the_images_is_the_credential(client: PageClient) -> None:
    credential = organization_certificate()
    png = client.http.get(f"/en/verify/{credential.code}/badge.png").data
    svg = client.http.get(f"/en/verify/{credential.code}/badge.svg").data
    assert from_png(png) == from_svg(svg) == json_of(credential)
    with Image.open(BytesIO(png)) as image:
        assert image.size == (512, 512)


@pytest.mark.parametrize("name", [*KINDS, "badge-image.svg"])
@pytest.mark.parametrize("state", ["revoked", "withdrawn", "erased"])
def test_what_no_longer_counts_is_not_signed_again(client: PageClient, name: str, state: str) -> None:
    credential = organization_certificate() if state == "revoked" else personal_certificate()
    path = f"/en/verify/{credential.code}/{name}"
    assert client.http.get(path).status_code == 200
    end(credential, state)
    assert client.http.get(path).status_code == 404


def end(credential: Credential, state: str) -> None:
    """Bring a credential to its end."""
    if state == "revoked":
        void(credential, state)
    with write_unit():
        row = db.session.get_one(Credential, credential.id)
        if state == "withdrawn":
            take_back(row, now())
        if state == "erased":
            assert row.person_id
            erase_account(db.session.get_one(Person, row.person_id), now())


@pytest.mark.parametrize("state", ["revoked", "withdrawn", "erased"])
def test_its_bit_is_set_at_once_and_no_other(client: PageClient, state: str) -> None:
    credential = organization_certificate() if state == "revoked" else personal_certificate()
    other = personal_certificate()
    address = statuses_of(document_of(credential))[0]["statusListCredential"].removeprefix("http://localhost")

    def bits() -> list[int]:
        answer = client.http.get(address)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        data = decoded_list(json.loads(answer.text)["credentialSubject"]["encodedList"])
        return [place for place in range(BITS) if data[place // 8] and is_set(data, place)]

    before = bits()
    end(credential, state)
    assert set(bits()) - set(before) == {credential.status_index}
    assert other.status_index not in bits()


def test_lists_that_are_none_are_not_found(client: PageClient) -> None:
    credential = organization_certificate()
    key = key_in_use()
    assert key
    for path in (
        f"key/{key.public_id}/0",
        f"key/{key.public_id}/{(credential.status_list or 0) + 1}",
        f"web/{key.public_id}/1",
        f"other/{key.public_id}/1",
        "key/nothing/1",
    ):
        assert client.http.get(f"/api/v1/status-lists/{path}").status_code == 404, path
    assert client.http.get("/.well-known/did.json").status_code == 404


def test_places_are_drawn_and_never_given_twice(app: Flask) -> None:
    drawn = []
    for _ in range(20):
        credential = Credential()
        with write_unit():
            give_place(credential)
        drawn.append(credential.status_index or 0)
    assert len(set(drawn)) == 20
    assert sorted(drawn) != drawn
    assert max(drawn) - min(drawn) > BITS // 8


def test_what_was_signed_with_an_old_key_goes_on_to_verify(client: PageClient) -> None:
    credential = organization_certificate()
    document, token = document_of(credential), jwt_of(credential)
    with write_unit():
        rotate_key(now())
    anew = document_of(fresh(credential))
    assert anew["issuer"]["id"] != document["issuer"]["id"]
    assert anew["id"] == document["id"]
    assert db.session.scalar(select(func.count()).select_from(IssuerKey).where(IssuerKey.in_use.is_(True))) == 1
    for each in (document, anew):
        texts = lists_named(client, each)
        assert {json.loads(text)["issuer"]["id"] for text in texts.values()} == {each["issuer"]["id"]}
        assert javascript_says(each, {address: json.loads(text) for address, text in texts.items()})["verified"]
    assert python_says(token, lists_named(client, claims_of(token))) == ""


def test_keys_are_sealed(app: Flask) -> None:
    organization_certificate()
    key = key_in_use()
    assert key
    seed = seed_of(key)
    assert seed
    assert seed.hex() not in key.sealed_key
    assert not list(keys_that_cannot_sign())
    with write_unit():
        key = db.session.get_one(IssuerKey, key.id)
        key.sealed_key = key.sealed_key[:-4] + "AAA="
    assert seed_of(key) is None
    assert list(keys_that_cannot_sign()) == [f"{key.public_key} (in use) cannot be opened with this SECRET_KEY"]


@pytest.mark.parametrize("name", KINDS)
def test_a_key_that_cannot_be_opened_stops_no_page(client: PageClient, name: str) -> None:
    credential = organization_certificate()
    with write_unit():
        key = key_in_use()
        assert key
        key.sealed_key = "AAAA"
    client.get(f"/en/verify/{credential.code}")
    client.http.get(f"/en/verify/{credential.code}/certificate.pdf")
    assert client.http.get(f"/en/verify/{credential.code}/{name}").status_code == 503


@pytest.mark.parametrize("name", ["credential.json", "badge.png"])
def test_a_file_asks_a_fixed_number_of_questions(client: PageClient, name: str) -> None:
    def statements(credential: Credential) -> int:
        db.session.rollback()
        db.session.expire_all()
        with counted_statements() as sent:
            assert client.http.get(f"/en/verify/{credential.code}/{name}").status_code == 200
        return len(sent)

    network = make_network()
    first = statements(organization_certificate(network))
    for _ in range(3):
        personal_certificate()
    with write_unit():
        rotate_key(now())
    again = organization_certificate(db.session.get_one(Network, network.id))
    assert statements(again) == first
    assert first <= 14


@pytest.fixture
def under_an_address(app: Flask, settings: Settings) -> Iterator[PageClient]:
    """The installation as one that issues under its address."""
    there = replace(settings, base_url="https://learn.example.org", did_web=True, allowed_hosts=("localhost",))
    app.extensions["lms_settings"] = there
    yield PageClient(app)
    app.extensions["lms_settings"] = settings


def test_under_its_address_it_lists_all_keys(under_an_address: PageClient) -> None:
    from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

    credential = organization_certificate()
    document, token = document_of(credential), jwt_of(credential)
    did = "did:web:learn.example.org"
    assert document["issuer"]["id"] == did
    with write_unit():
        rotate_key(now())
    anew = document_of(fresh(credential))
    answer = under_an_address.http.get("/.well-known/did.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    listed = answer.get_json()
    assert len(listed["verificationMethod"]) == len(listed["assertionMethod"]) == 2

    def at_hand(address: str) -> bytes:
        assert address.startswith("https://learn.example.org/")
        content: bytes = under_an_address.http.get(address.removeprefix("https://learn.example.org")).data
        return content

    for each in (document, anew):
        OB3LdpVerifier().verify(each, check_status=True, download=at_hand, verify_status_list=False)
        with pytest.raises(OB3VerificationError):
            OB3LdpVerifier().verify({**each, "name": "Mastery"}, download=at_hand)
        verdict = judge(json.dumps(each).encode(), Means({did: listed}, given_lists(each, at_hand)), now())
        assert verdict.outcome is Outcome.GOOD, verdict.reason
    assert (
        judge(token.encode(), Means({did: listed}, given_lists(claims_of(token), at_hand)), now()).outcome
        is Outcome.GOOD
    )
    assert judge(token.encode(), Means(), now()).wanted == "https://learn.example.org/.well-known/did.json"


def given_lists(document: dict[str, Any], at_hand: Callable[[str], bytes]) -> dict[str, Handed]:
    """The lists that a credential names."""
    return dict(list_in(at_hand(each["statusListCredential"])) for each in statuses_of(document))


def test_what_is_public_of_accepted_evidence_is_on_the_page_and_in_the_badge(client: PageClient) -> None:
    credential = organization_certificate()
    organization, network = credential.organization, credential.network
    assert organization
    assert network
    manager = make_manager(organization)
    summary = {"fa": "دو سازمان چاه‌ها را سنجیدند.", "en": "Two organizations tested wells."}
    evidence = make_evidence(organization, manager)
    submission = submit(evidence, network, manager)

    def shown() -> tuple[bool, list[dict[str, Any]]]:
        page = client.get(f"/en/verify/{credential.code}").text
        return summary["en"] in page, document_of(fresh(credential))["evidence"][1:]

    with write_unit():
        say_in_public(db.session.get_one(Evidence, evidence.id), summary, agreed=True)
    assert shown() == (False, []), "nobody has accepted it"
    review(submission, make_reviewer(network))
    assert shown() == (True, [{"type": ["Evidence"], "narrative": summary["fa"]}])
    document = document_of(fresh(credential))
    texts = lists_named(client, document)
    lists = {address: json.loads(text) for address, text in texts.items()}
    assert javascript_says(document, lists) == {"verified": True, "errors": [], "revoked": False}
    assert python_says(document, texts) == ""
    with write_unit():
        say_in_public(db.session.get_one(Evidence, evidence.id), summary, agreed=False)
    assert shown() == (False, [])
