"""Who signs a network's certificates."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from lms.certification.models import Credential, Signatory
from lms.clock import now
from lms.db import db, write_unit
from lms.events.models import EventRow
from lms.organizations.models import Network
from lms.security.actor import Role
from lms.text import fold_key
from tests.conftest import LANGUAGES
from tests.factories import grant, make_network, make_person
from tests.page import PageClient
from tests.web.test_verification import organization_certificate, personal_certificate

NARGES = {"name_fa": "نرگس کریمی", "name_en": "Narges Karimi", "role_fa": "دبیر شبکه", "role_en": "Secretary"}
NAME = {"fa": "نرگس کریمی", "ar": "نرگس کریمی", "en": "Narges Karimi"}
ROLE = {"fa": "دبیر شبکه", "ar": "دبیر شبکه", "en": "Secretary"}


@pytest.fixture
def network(client: PageClient) -> Network:
    """A network whose admin is signed in on `client`."""
    network = make_network(created_at=now() - timedelta(days=900))
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    return network


def save(client: PageClient, network: Network, form: dict[str, Any], status: int = 303, language: str = "en") -> str:
    return client.post(f"/{language}/networks/{network.public_id}/signatory", form, status).text


def certificate(network: Network, days_ago: int = 0) -> Credential:
    """An organization's certificate that was issued so long ago."""
    credential = organization_certificate(network)
    with write_unit():
        db.session.get_one(Credential, credential.id).issued_on = now().date() - timedelta(days=days_ago)
    return credential


def printed(client: PageClient, credential: Credential, language: str) -> str:
    """The text of the PDF, folded."""
    pdf = client.get(f"/{language}/verify/{credential.code}/certificate.pdf").data
    [page] = PdfReader(BytesIO(pdf)).pages
    return fold_key(page.extract_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_name_and_role_stand_on_page_and_paper(client: PageClient, network: Network, language: str) -> None:
    address = f"/{language}/networks/{network.public_id}/signatory"
    assert address in client.get(f"/{language}/networks/{network.public_id}/certification").text
    client.get(address)
    client.follow(client.post(address, NARGES))
    assert 'value="Narges Karimi"' in client.get(address).text
    credential = certificate(network)
    page = client.get(f"/{language}/verify/{credential.code}").text
    assert NAME[language] in page
    assert ROLE[language] in page
    words = printed(client, credential, language)
    assert all(word in words or word[::-1] in words for word in fold_key(NAME[language]).split())
    assert [row.name for row in db.session.query(EventRow) if row.name == "signatory_named"]


def test_another_name_stands_on_later_certificates_only(client: PageClient, network: Network) -> None:
    with write_unit() as session:
        earlier = (now() - timedelta(days=60)).date()
        session.add(Signatory(network_id=network.id, starts_on=earlier, names={"en": "Leila Mansour"}, roles={}))
    old = certificate(network, days_ago=30)
    save(client, network, NARGES)
    assert "Leila Mansour" in client.get(f"/en/verify/{old.code}").text
    with write_unit():
        db.session.get_one(Credential, old.id).issued_on = now().date()
    assert "Narges Karimi" in client.get(f"/en/verify/{old.code}").text


def test_a_correction_reaches_earlier_certificates(client: PageClient, network: Network) -> None:
    old = certificate(network, days_ago=30)
    save(client, network, NARGES)
    assert "Narges" not in client.get(f"/en/verify/{old.code}").text
    save(client, network, {})
    db.session.query(Signatory).one()
    with write_unit() as session:
        session.delete(session.query(Signatory).one())
    save(client, network, {**NARGES, "earlier": "y"})
    assert "Narges Karimi" in client.get(f"/en/verify/{old.code}").text
    save(client, network, {**NARGES, "name_en": "Narges Karimy", "earlier": "y"})
    assert "Narges Karimy" in client.get(f"/en/verify/{old.code}").text
    assert db.session.query(Signatory).count() == 1


def test_without_a_name_nobody_signs(client: PageClient, network: Network) -> None:
    save(client, network, NARGES)
    save(client, network, {})
    credential = certificate(network)
    assert "For the network" not in client.get(f"/en/verify/{credential.code}").text
    assert "for the network" not in printed(client, credential, "en")


@pytest.mark.parametrize(
    ("form", "said"),
    [({"role_en": "Secretary"}, "Write whose position this is"), ({"name_en": "x" * 121}, "at most 120")],
)
def test_what_cannot_stand_there_is_refused(
    client: PageClient, network: Network, form: dict[str, str], said: str
) -> None:
    page = save(client, network, form, 422)
    assert said in page
    assert next(iter(form.values())) in page, "what was typed is kept"
    assert not db.session.query(Signatory).all()


def test_names_are_text_and_never_markup(client: PageClient, network: Network) -> None:
    save(client, network, {"name_en": "<b>Narges</b> #strong[x]", "role_en": "=\u202eSecretary"})
    credential = certificate(network)
    assert "&lt;b&gt;Narges&lt;/b&gt; #strong[x]" in client.get(f"/en/verify/{credential.code}").text
    assert "#strong[x]" in printed(client, credential, "en")


SAYS = {
    "fa": ("صادرکننده", "سامانهٔ آموزشی تشبیک"),
    "ar": ("الجهة المانحة", "منصة تشبيك التعليمية"),
    "en": ("Issued by", "The learning platform Tashbik"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_certificates_of_the_kit_say_what_issues_them(client: PageClient, language: str) -> None:
    credential = personal_certificate()
    page = client.get(f"/{language}/verify/{credential.code}").text
    for text in SAYS[language]:
        assert text in page
    if language == "en":
        assert "learning platform tashbik" in printed(client, credential, language)
