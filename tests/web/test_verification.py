"""Looking certificates up, in every state and every language; and what a holder does with hers."""

import gzip
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.models import Credential, Visibility
from lms.certification.services import follow, issue_for_completion
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network
from lms.progress.events import ModuleCompleted
from lms.progress.models import ModuleCompletion
from lms.security.actor import Role
from lms.text import certificate_code, fold_key
from tests.certification import complete, make_module, make_scheme, the_kit
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements

STATIC = Path(__file__).parents[2] / "lms" / "static"
NAMES = {"fa": "مؤسسهٔ مهر کویر", "ar": "مؤسسة مهر كوير", "en": "Mehr-e Kavir Institute"}
SAYS = {
    "valid": {"fa": "این گواهی معتبر است", "ar": "هذه الشهادة سارية", "en": "This certificate is valid"},
    "expired": {
        "fa": "این گواهی منقضی شده است",
        "ar": "انتهت صلاحية هذه الشهادة",
        "en": "This certificate has expired",
    },
    "revoked": {"fa": "این گواهی باطل شده است", "ar": "أُلغيت هذه الشهادة", "en": "This certificate was revoked"},
}


def personal_certificate(person: Person | None = None) -> Credential:
    """A person's certificate for a module."""
    completion = complete(person or make_person(display_name="مریم رستمی", name_latin="Maryam Rostami"), make_module())
    with write_unit():
        [credential] = issue_for_completion(db.session.get_one(ModuleCompletion, completion.id), now())
    return credential


def organization_certificate(network: Network | None = None) -> Credential:
    """An organization's certificate for the first level."""
    network = network or make_network()
    modules, _kit = the_kit()
    organization = make_organization(network, names=NAMES, country="IR", city={"fa": "یزد", "ar": "يزد", "en": "Yazd"})
    make_scheme(network)
    for _ in range(2):
        person = make_member(organization)
        for module in modules:
            complete(person, module)
    with write_unit():
        follow(organization.id, network.id, now())
    return db.session.scalars(select(Credential).where(Credential.organization_id == organization.id)).one()


def put(credential: Credential, **values: object) -> None:
    """Change columns of a credential."""
    with write_unit():
        row = db.session.get_one(Credential, credential.id)
        for name, value in values.items():
            setattr(row, name, value)


def void(credential: Credential, state: str) -> None:
    """Bring an organization's certificate into a state."""
    if state == "expired":
        put(credential, expires_on=now().date() - timedelta(days=3), issued_on=date(2024, 1, 1))
    if state == "revoked":
        put(credential, revoked_at=now(), revocation_reason="پرونده نادرست بود.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["valid", "expired", "revoked"])
def test_the_page_says_first_how_it_stands(client: PageClient, language: str, state: str) -> None:
    credential = organization_certificate()
    void(credential, state)
    page = client.get(f"/{language}/verify/{credential.code}").text
    assert f"<h1>{SAYS[state][language]}</h1>" in page
    assert f"<title>{SAYS[state][language]}" in page
    assert NAMES[language] in page
    assert credential.code in page
    assert 'content="noindex"' in page
    assert ("certificate-void" in page) is (state != "valid")
    assert ("پرونده نادرست بود." in page) is (state == "revoked")
    assert page.count('<li class="req">') == 2


def test_a_stranger_is_told_whose_hours_they_are(client: PageClient) -> None:
    utc = '<bdi dir="ltr">UTC</bdi>'
    address = f"/en/verify/{personal_certificate().code}"
    assert utc in client.get(address).text
    theirs = organization_certificate(make_network(time_zone="Asia/Tehran")).code
    assert utc not in client.get(f"/en/verify/{theirs}").text, "its network's, as its days are"
    assert utc not in client.sign_in(make_person(country="IR")).get(address).text, "her own"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_persons_page_shows_the_name_in_both_scripts(client: PageClient, language: str) -> None:
    credential = personal_certificate()
    page = client.get(f"/{language}/verify/{credential.code}").text
    assert "مریم رستمی" in page
    assert "Maryam Rostami" in page
    put(credential, visibility=Visibility.PSEUDONYM)
    page = client.get(f"/{language}/verify/{credential.code}").text
    assert "مریم رستمی" in page
    assert "Maryam Rostami" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_that_never_was_is_told_softly(client: PageClient, language: str) -> None:
    code = certificate_code()
    assert code in client.get(f"/{language}/verify/{code}", 404).text
    client.get(f"/{language}/verify/WHATEVERELSE", 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_erased_person_leaves_no_name(client: PageClient, language: str) -> None:
    credential = personal_certificate()
    with write_unit():
        person = db.session.get_one(Person, credential.person_id)
        person.erased_at, person.display_name, person.name_latin = now(), "", ""
    page = client.get(f"/{language}/verify/{credential.code}").text
    assert 'class="certificate' not in page
    client.get(f"/{language}/verify/{credential.code}/certificate.pdf", 404)


def test_the_name_on_it_is_the_present_one(client: PageClient) -> None:
    credential = personal_certificate()
    with write_unit():
        db.session.get_one(Person, credential.person_id).display_name = "مریم کریمی"
    page = client.get(f"/fa/verify/{credential.code}").text
    assert "مریم کریمی" in page
    assert "مریم رستمی" not in page


def test_paper_leads_to_the_readers_language(client: PageClient) -> None:
    credential = personal_certificate()
    arabic = {"Accept-Language": "ar-EG,en;q=0.8"}
    answer = client.get(f"/v/{credential.code.lower()}", 302, headers=arabic)
    assert answer.headers["Location"] == f"/ar/verify/{credential.code}"
    answer = client.get(f"/en/verify/{credential.code.lower()}", 302)
    assert answer.headers["Location"] == f"/en/verify/{credential.code}"


def test_a_code_is_found_however_it_is_typed(client: PageClient) -> None:
    credential = personal_certificate()
    client.get("/fa/verify")
    typed = credential.code.lower().replace("-", " ").translate(str.maketrans("23456789", "۲۳۴۵۶۷۸۹"))
    answer = client.post("/fa/verify", {"code": typed})
    assert answer.headers["Location"] == f"/fa/verify/{credential.code}"
    assert 'value="TSH-1"' in client.post("/fa/verify", {"code": "TSH-1"}, 422).text
    client.post("/en/verify", {"code": ""}, 422)


def test_who_misses_often_waits(client: PageClient) -> None:
    for _ in range(30):
        client.post("/en/verify", {"code": certificate_code()})
    client.post("/en/verify", {"code": certificate_code()}, 429)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [personal_certificate, organization_certificate])
def test_the_paper_says_what_the_page_says(client: PageClient, language: str, make: object) -> None:
    credential = make()  # type: ignore[operator]
    answer = client.get(f"/{language}/verify/{credential.code}/certificate.pdf")
    assert answer.mimetype == "application/pdf"
    assert f"certificate-{credential.code}.pdf" in answer.headers["Content-Disposition"]
    text = fold_key("".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages))
    assert fold_key(credential.code) in text
    name = NAMES[language] if credential.organization_id else "Maryam Rostami"
    assert all(word in text for word in fold_key(name).split()), text


def test_void_paper_says_so(client: PageClient) -> None:
    credential = organization_certificate()
    void(credential, "revoked")
    data = client.get(f"/en/verify/{credential.code}/certificate.pdf").data
    assert "Revoked on" in PdfReader(BytesIO(data)).pages[0].extract_text()


def test_the_page_is_light(client: PageClient) -> None:
    credential = organization_certificate()
    with client.app.app_context():
        page = client.http.get(f"/ar/verify/{credential.code}", headers={"Accept-Encoding": "gzip"}).data
    drawn = [STATIC / name for name in ("tashbik.css", "icons.svg")]
    fonts = [STATIC / "fonts" / f"tashbik-arabic-{weight}.woff2" for weight in (400, 700)]
    whole = len(page) + sum(len(gzip.compress(f.read_bytes())) for f in drawn) + sum(f.stat().st_size for f in fonts)
    assert whole <= 80_000


def test_the_page_costs_few_statements(client: PageClient) -> None:
    credential = organization_certificate()
    with counted_statements() as sent:
        client.get(f"/fa/verify/{credential.code}")
    assert len(sent) <= 5


def test_a_completion_gives_a_certificate_and_the_kit_another(app: Flask) -> None:
    person = make_person()
    modules, kit = the_kit()
    for number, module in enumerate(modules, 1):
        completion = complete(person, module)
        for _ in range(2):
            with write_unit():
                issue_for_completion(db.session.get_one(ModuleCompletion, completion.id), now())
        held = db.session.scalars(select(Credential).where(Credential.person_id == person.id)).all()
        assert len(held) == (number if number < len(modules) else number + 1)
    assert [each.kit_id for each in held if each.kit_id] == [kit.id]


def test_a_completion_may_be_what_her_organization_waited_for(app: Flask) -> None:
    network = make_network()
    organization = make_organization(network)
    modules, _kit = the_kit()
    make_scheme(network)
    for _ in range(2):
        person = make_member(organization)
        for module in modules:
            completion = complete(person, module)
            with write_unit():
                facts = (person.id, module.id, completion.version_id, completion.edition_id, "fa", completion.id)
                ModuleCompleted.signal.send(None, event=ModuleCompleted(now(), person.id, *facts))
    awarded = db.session.scalars(select(Credential).where(Credential.organization_id == organization.id)).all()
    assert len(awarded) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_holder_chooses_how_hers_can_be_found(client: PageClient, language: str) -> None:
    person = make_person(display_name="مریم رستمی", name_latin="Maryam Rostami")
    client.sign_in(person).get(f"/{language}/certificates")
    credential = personal_certificate(person)
    page = client.get(f"/{language}/certificates").text
    assert f"http://localhost/v/{credential.code}" in page
    client.post(f"/{language}/certificates/{credential.code}/visibility", {"visibility": "pseudonym"})
    db.session.expire_all()
    assert db.session.get_one(Credential, credential.id).visibility == Visibility.PSEUDONYM
    client.get(f"/{language}/certificates")
    client.post(f"/{language}/certificates/{credential.code}/visibility", {"visibility": "secret"}, 400)


def test_nobody_else_chooses(client: PageClient) -> None:
    hers, organizations = personal_certificate(), organization_certificate()
    client.sign_in(make_person())
    for code in (hers.code, organizations.code, certificate_code()):
        client.post(f"/fa/certificates/{code}/visibility", {"visibility": "listed"}, 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_admin_revokes_with_a_reason(client: PageClient, language: str) -> None:
    network = make_network()
    credential = organization_certificate(network)
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    address = f"/{language}/certificates/{credential.code}/revoke"
    assert address in client.get(f"/{language}/verify/{credential.code}").text
    client.get(address)
    client.post(address, {"reason": ""}, 422)
    answer = client.post(address, {"reason": "The facts were not true."})
    page = client.follow(answer).text
    assert SAYS["revoked"][language] in page
    assert "The facts were not true." in page
    assert address not in page
    client.post(address, {"reason": "Again."}, 422)


def test_another_networks_certificate_cannot_be_revoked(client: PageClient) -> None:
    organizations, hers = organization_certificate(), personal_certificate()
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=make_network()))
    for code in (organizations.code, hers.code, certificate_code()):
        client.get(f"/fa/certificates/{code}/revoke", 404)
        client.post(f"/fa/certificates/{code}/revoke", {"reason": "No."}, 404)


@pytest.mark.parametrize(("language", "said"), [("fa", "۴۰"), ("ar", "40"), ("en", "40")])
def test_a_code_that_is_too_long_is_told_so(client: PageClient, language: str, said: str) -> None:
    page = client.post(f"/{language}/verify", {"code": "A" * 41}, 422).text
    assert said in page.split('class="error"')[1].split("</p>")[0]
