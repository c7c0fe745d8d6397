"""Checking files on a page, and a person's own wallet."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.models import Credential, Visibility
from lms.certification.openbadges.given import Kept
from lms.certification.openbadges.signed import json_of, jwt_of, png_of, svg_of
from lms.certification.services import issue_for_completion, take_back
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import NotAllowed
from lms.events.models import EventRow
from lms.progress.models import ModuleCompletion
from lms.settings import Settings
from tests.badges import MADE, document_of, elsewhere, signed_elsewhere
from tests.certification import complete, make_module, the_kit
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sent_forms import whole_body
from tests.unit.test_badge_checking import LIST, STATUS, listing, published, under_the_web
from tests.web.test_badges import end, fresh
from tests.web.test_verification import organization_certificate, personal_certificate, put

GOOD = {"fa": "این گواهی معتبر است", "ar": "هذه الشهادة سليمة", "en": "This credential is good"}
REFUSED = {
    "fa": "به این گواهی اعتماد نکنید",
    "ar": "لا يُعتمد على هذه الشهادة",
    "en": "Do not rely on this credential",
}
UNKNOWN = {
    "fa": "معلوم نیست این گواهی معتبر باشد",
    "ar": "لا يمكن معرفة ما إذا كانت هذه الشهادة سليمة",
    "en": "It cannot be told whether this credential is good",
}


def check(client: PageClient, data: bytes | str | dict[str, object], language: str = "en", **more: str) -> str:
    """Hand a file in, and give the page that answers."""

    def file(content: bytes | str | dict[str, object]) -> tuple[io.BytesIO, str]:
        text = json.dumps(content) if isinstance(content, dict) else content
        return io.BytesIO(text.encode() if isinstance(text, str) else text), "file"

    files = {"file": file(data), **{name: file(each) for name, each in more.items()}}
    return client.post(f"/{language}/verify/file", files, status=200, content_type="multipart/form-data").get_data(
        as_text=True
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_of_ours_is_good_in_every_form_and_leads_to_its_page(client: PageClient, language: str) -> None:
    credential = organization_certificate()
    for make in (json_of, jwt_of, png_of, svg_of):
        page = check(client, make(credential), language)
        assert GOOD[language] in page
        assert f"/{language}/verify/{credential.code}" in page


def test_its_days_are_those_of_its_network(client: PageClient) -> None:
    credential = organization_certificate(make_network(time_zone="Asia/Tehran"))
    page = check(client, json_of(credential))
    assert f'datetime="{credential.issued_on}"' in page
    assert f'datetime="{credential.expires_on}"' in page
    personal = personal_certificate()
    assert f'datetime="{personal.issued_on}"' in check(client, json_of(personal))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["revoked", "withdrawn", "erased"])
def test_what_the_register_took_back_is_refused_though_its_signature_fits(
    client: PageClient, language: str, state: str
) -> None:
    credential = organization_certificate() if state == "revoked" else personal_certificate()
    data = json_of(credential)
    end(credential, state)
    page = check(client, data, language)
    assert REFUSED[language] in page
    assert ("پرونده نادرست بود." in page) is (state == "revoked")


def test_an_expired_one_is_refused(client: PageClient) -> None:
    credential = organization_certificate()
    put(credential, issued_on=now().date() - timedelta(days=900), expires_on=now().date() - timedelta(days=3))
    page = check(client, json_of(fresh(credential)))
    assert REFUSED["en"] in page
    assert "has expired" in page


def test_one_that_is_in_no_register_was_signed_by_a_thief(client: PageClient) -> None:
    credential = organization_certificate()
    data = json_of(credential)
    put(credential, uid=personal_certificate().uid.__class__(int=1))
    assert "its register has no such certificate" in check(client, data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_of_another_issuer_is_good_and_says_what_that_means(client: PageClient, language: str) -> None:
    page = check(client, signed_elsewhere(), language)
    assert GOOD[language] in page
    assert "Teamwork" in page
    assert "Leila" in page
    assert elsewhere().issuer in page
    assert 'class="flash flash-due' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_named_and_can_be_added(client: PageClient, language: str) -> None:
    data = signed_elsewhere(credentialStatus=STATUS)
    page = check(client, data, language)
    assert UNKNOWN[language] in page
    assert LIST in page
    assert GOOD[language] in check(client, data, language, listing=listing((1,)).document)  # type: ignore[arg-type]
    assert REFUSED[language] in check(client, data, language, listing=listing((7,)).document)  # type: ignore[arg-type]
    assert UNKNOWN[language] in check(client, data, language, listing="rubbish")


def test_keys_of_an_address_can_be_added_or_were_kept(client: PageClient, settings: Settings) -> None:
    from lms.certification.openbadges.proofs import with_proof
    from tests.badges import foreign

    key = under_the_web(elsewhere())
    data = with_proof(foreign(key, credentialStatus=STATUS), key, MADE)
    page = check(client, data)
    assert "https://school.example/.well-known/did.json" in page
    given = {"document": published(key), "listing": listing(key=key).document}
    assert GOOD["en"] in check(client, data, **given)  # type: ignore[arg-type]
    kept = Kept(settings.data)
    kept.keep("https://school.example/.well-known/did.json", json.dumps(published(key)).encode())
    assert LIST in check(client, data)
    kept.keep(LIST, json.dumps(listing(key=key).document).encode())
    assert GOOD["en"] in check(client, data)
    for path in Path(settings.data, "other-issuers").iterdir():
        path.unlink()
    assert "https://school.example/.well-known/did.json" in check(client, data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rubbish_is_refused_with_a_reason(client: PageClient, language: str) -> None:
    for data in ("rubbish", '<!DOCTYPE a [<!ENTITY b "c">]><svg>&b;</svg>', "[" * 1000):
        assert REFUSED[language] in check(client, data, language)
    client.post(f"/{language}/verify/file", {}, status=422)
    client.get(f"/{language}/verify/file")


def test_texts_of_others_are_shown_as_texts(client: PageClient) -> None:
    evil = "<script>alert(1)</script>\u202e"
    page = check(client, signed_elsewhere(issuer={"id": elsewhere().issuer, "type": ["Profile"], "name": evil}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


def test_who_hands_in_files_without_end_has_to_wait(client: PageClient) -> None:
    from lms.certification.openbadges.views.checking import FREE_CHECKS

    for _ in range(FREE_CHECKS + 1):
        client.http.post(
            "/en/verify/file",
            data={"csrf_token": client.token(), "file": (io.BytesIO(b"rubbish"), "x")},
            content_type="multipart/form-data",
        )
    files = {"file": (io.BytesIO(b"rubbish"), "x")}
    client.post("/en/verify/file", files, status=429, content_type="multipart/form-data")


def test_what_is_too_large_is_not_read(client: PageClient) -> None:
    client.post_body("/en/verify/file", 413, **whole_body({}, b" " * 5_000_000))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_hers_come_in_one_file(client: PageClient, language: str) -> None:
    person = make_person(display_name="مریم رستمی")
    held = [personal_certificate(person), personal_certificate(person)]
    gone, others = personal_certificate(person), personal_certificate()
    with write_unit():
        take_back(db.session.get_one(Credential, gone.id), now())
    response = client.sign_in(person).http.get(f"/{language}/certificates/all.zip")
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        assert archive.testzip() is None
        endings = ("pdf", "json", "jwt", "png")
        assert set(archive.namelist()) == {f"{c.code}.{end}" for c in held for end in endings} | {"README.txt"}
        readme = archive.read("README.txt").decode("utf-8-sig")
        assert archive.read(f"{held[0].code}.json").decode() == json_of(fresh(held[0]))
    assert all(each.code in readme for each in held)
    assert others.code not in readme
    assert {"fa": "گواهی‌های من", "ar": "شهاداتي", "en": "My certificates"}[language] in readme
    PageClient(client.app).get(f"/{language}/certificates/all.zip", 303)


@pytest.mark.parametrize("language", LANGUAGES)
def test_taking_one_back_says_what_it_means_and_is_for_good(client: PageClient, language: str) -> None:
    credential = personal_certificate()
    person = db.session.get_one(Person, credential.person_id)
    completion = credential.module_completion_id
    client.sign_in(person)
    assert f"/certificates/{credential.code}/take-back" in client.get(f"/{language}/certificates").text
    client.get(f"/{language}/certificates/{credential.code}/take-back")
    assert fresh(credential).withdrawn_at is None, "looking changes nothing"
    page = client.follow(client.post(f"/{language}/certificates/{credential.code}/take-back")).text
    assert f'/verify/{credential.code}"' not in page
    assert db.session.get(ModuleCompletion, completion) is not None
    client.post(f"/{language}/certificates/{credential.code}/take-back", status=404)
    client.post(f"/{language}/certificates/{credential.code}/visibility", {"visibility": "listed"}, status=404)
    page = PageClient(client.app).get(f"/{language}/verify/{credential.code}").text
    assert "مریم رستمی" not in page
    client.get(f"/{language}/verify/{credential.code}/certificate.pdf", 404)
    assert db.session.scalars(select(EventRow.name).order_by(EventRow.id.desc())).first() == "certificate_withdrawn"
    with zipfile.ZipFile(io.BytesIO(client.get(f"/{language}/account/my-data/download").data)) as archive:
        assert any(credential.code.encode() in archive.read(name) for name in archive.namelist())


def test_nobody_takes_back_what_is_anothers(client: PageClient) -> None:
    personal, organizational = personal_certificate(), organization_certificate()
    client.sign_in(make_person())
    for code in (personal.code, organizational.code, "TSH-2222-2222"):
        client.get(f"/en/certificates/{code}/take-back", 404)
        client.post(f"/en/certificates/{code}/take-back", status=404)
    with write_unit(), pytest.raises(NotAllowed):
        take_back(db.session.get_one(Credential, organizational.id), now())


def test_what_was_taken_back_leaves_the_page_of_the_organization(app: Flask) -> None:
    from lms.certification.queries import listed_in, newest_titles

    organization = make_organization(make_network())
    credential = personal_certificate(make_member(organization))
    put(credential, visibility=Visibility.LISTED)
    assert listed_in(organization.id, now().date())
    assert newest_titles(credential.person_id or 0, 3)
    put(credential, withdrawn_at=now())
    assert not listed_in(organization.id, now().date())
    assert not newest_titles(credential.person_id or 0, 3)


def test_her_page_asks_no_more_for_many(client: PageClient) -> None:
    person = make_person()
    client.sign_in(person)

    def statements() -> int:
        db.session.expire_all()
        with counted_statements() as sent:
            client.get("/en/certificates")
        return len(sent)

    personal_certificate(person)
    few = statements()
    for _ in range(5):
        complete(person, make_module())
        personal_certificate(person)
    assert statements() == few


def test_a_document_of_ours_is_checked_without_questions_to_anyone(client: PageClient) -> None:
    """The address of its list is on this host; it is not asked even so."""
    credential = organization_certificate()
    document = document_of(credential)
    for entry in document["credentialStatus"]:
        assert entry["statusListCredential"].startswith("http://localhost/api/v1/status-lists/")
    with counted_statements() as sent:
        check(client, document)
    assert len(sent) <= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_taken_back_can_be_had_again_with_a_new_code(client: PageClient, language: str) -> None:
    person = make_person()
    modules, kit = the_kit()
    done = [complete(person, module) for module in modules]
    with write_unit():
        for each in done:
            issue_for_completion(db.session.get_one(ModuleCompletion, each.id), now())
    credential = db.session.scalars(select(Credential).where(Credential.kit_id == kit.id)).one()
    there = f"/{language}/certificates/{credential.code}/again"
    client.sign_in(person).post(there, status=404)
    with write_unit():
        take_back(db.session.get_one(Credential, credential.id), now())
    PageClient(client.app).sign_in(make_person()).post(there, status=404)
    client.get(there, status=405)
    assert there in client.get(f"/{language}/certificates").text
    for _twice in range(2):
        page = client.follow(client.post(there)).text
    of_kit = select(Credential).where(Credential.kit_id == kit.id).order_by(Credential.id)
    old, again = db.session.scalars(of_kit.execution_options(populate_existing=True)).all()
    assert again.code in page
    assert there not in page
    assert (old.withdrawn_at is None, again.withdrawn_at, again.issued_on) == (False, None, old.issued_on)
    assert old.code != again.code
    assert (old.status_list, old.status_index) != (again.status_list, again.status_index)
    client.get(f"/{language}/verify/{again.code}")
