"""My data: shown, downloaded, erased."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from html5lib import HTMLParser

from lms.accounts import privacy
from lms.accounts.models import OneTimeCode, Person, RecoveryCode, UserSession
from lms.accounts.passwords import hash_password
from lms.accounts.privacy import Hindrance
from lms.accounts.restored import erase_by_uid
from lms.clock import now
from lms.db import db
from lms.events.models import EventRow
from lms.jobs.models import Job
from tests.conftest import LANGUAGES
from tests.events import events_by
from tests.factories import add, make_person
from tests.page import PageClient

PASSWORD = "گل سرخ ۱۴۰۵"
ERASE = {"present": PASSWORD, "sure": "y"}


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registries that forget after the test what it adds."""
    for name in ("_exports", "_erasers", "_checks"):
        monkeypatch.setattr(privacy, name, dict(getattr(privacy, name)))


def whole_person(**values: object) -> Person:
    """Somebody who filled in everything."""
    return make_person(
        display_name="زهرا کریمی",
        name_latin="Zahra Karimi",
        email="zahra@example.org",
        email_key="zahra@example.org",
        phone="+98912",
        password_hash=hash_password(PASSWORD),
        country="IR",
        time_zone="Asia/Tehran",
        theme="dark",
        **values,
    )


def archive(client: PageClient, language: str = "fa") -> ZipFile:
    response = client.get(f"/{language}/account/my-data/download")
    assert response.mimetype == "application/zip"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    return ZipFile(BytesIO(response.data))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["account/my-data", "account/my-data/erase"])
def test_pages_stand_in_three_languages(client: PageClient, language: str, page: str) -> None:
    client.sign_in(make_person()).get(f"/{language}/{page}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_download_holds_all_and_no_secret(client: PageClient, language: str) -> None:
    person = whole_person()
    files = archive(client.sign_in(person), language)
    data = json.loads(files.read("my-data.json"))
    assert data["account"]["display_name"] == "زهرا کریمی"
    assert len(data["sessions"]) == 1
    page = files.read("my-data.html").decode()
    parser = HTMLParser(strict=False)
    parser.parse(page)
    assert not parser.errors
    assert "zahra@example.org" in page
    for secret in (person.password_hash, db.session.query(UserSession).one().token_hash):
        assert secret
        assert secret not in page + json.dumps(data)


def test_a_download_holds_nothing_of_others(client: PageClient) -> None:
    make_person(display_name="کسی دیگر")
    files = archive(client.sign_in(whole_person()))
    assert "کسی دیگر" not in files.read("my-data.html").decode() + files.read("my-data.json").decode()


@pytest.mark.usefixtures("registered")
def test_features_add_their_parts(client: PageClient) -> None:
    rows = [{"name": "<b>یادداشت</b>", "at": now(), "done": True, "parts": [1, 2]}, {"day": now().date(), "x": None}]
    privacy.register_exporter("notes", lambda _person: rows, title="یادداشت‌ها", labels={"at": "زمان"})
    files = archive(client.sign_in(whole_person()))
    page = files.read("my-data.html").decode()
    assert "یادداشت‌ها" in page
    assert "زمان" in page
    assert "<b>یادداشت" not in page
    assert json.loads(files.read("my-data.json"))["notes"][0]["parts"] == [1, 2]
    with pytest.raises(ValueError, match="notes"):
        privacy.register_exporter("notes", lambda _person: [])


def test_erasing_empties_the_account_and_leaves_a_tombstone(client: PageClient) -> None:
    person = whole_person()
    add(RecoveryCode(person_id=person.id, code_hash="x" * 64))
    other = PageClient(client.app).sign_in(person)
    client.sign_in(person).post("/fa/account/my-data/erase", ERASE)
    other.get("/fa/", status=303)
    db.session.refresh(person)
    kept = {name: value for name, value in vars(person).items() if not name.startswith("_")}
    for name in ("id", "uid", "public_id", "created_at", "erased_at", "language"):
        assert kept.pop(name)
    assert not any(value for value in kept.values() if value not in ("auto",))
    for model in (UserSession, RecoveryCode, OneTimeCode):
        assert not db.session.query(model).filter_by(person_id=person.id).count()
    assert events_by(person) == ["account_erased"]
    assert "زهرا" not in str([row.payload for row in db.session.query(EventRow)])
    assert db.session.query(Job).filter_by(kind="note_erasure").one().arguments == {"uid": person.uid.hex}
    client.post("/fa/sign-in", {"name": "zahra@example.org", "password": PASSWORD}, status=422)


def test_a_freed_name_can_be_taken(client: PageClient) -> None:
    person = whole_person(sign_in_name="zahra")
    client.sign_in(person).post("/fa/account/my-data/erase", ERASE)
    make_person(sign_in_name="zahra")


@pytest.mark.parametrize("form", [{"present": "wrong", "sure": "y"}, {"present": PASSWORD}, {"sure": "y"}, {}])
def test_erasing_needs_the_password_and_a_tick(client: PageClient, form: dict[str, str]) -> None:
    person = whole_person()
    client.sign_in(person).post("/fa/account/my-data/erase", form, status=422)
    db.session.refresh(person)
    assert person.erased_at is None


@pytest.mark.usefixtures("registered")
def test_a_feature_can_ask_for_something_to_be_done_first(client: PageClient) -> None:
    def check(_person: Person) -> list[Hindrance]:
        return [Hindrance("اول مدیر دیگری تعیین کنید", "برو", "accounts.profile")]

    person = whole_person()
    privacy.register_erase_check(check)
    told = client.sign_in(person).get("/fa/account/my-data/erase").text
    assert "اول مدیر دیگری تعیین کنید" in told
    assert 'href="/fa/account">برو</a>' in told
    assert 'name="present"' not in told, "nothing is asked for in vain"
    page = client.sign_in(person).post("/fa/account/my-data/erase", ERASE, status=422).text
    assert "اول مدیر دیگری تعیین کنید" in page
    db.session.refresh(person)
    assert person.erased_at is None
    erase_by_uid(person.uid)
    db.session.refresh(person)
    assert person.erased_at is not None


@pytest.mark.usefixtures("registered")
def test_a_feature_erases_its_own(client: PageClient) -> None:
    seen: list[str] = []
    for _ in range(2):
        privacy.register_eraser(lambda person, _now: seen.append(person.display_name))
    client.sign_in(whole_person()).post("/fa/account/my-data/erase", ERASE)
    assert seen == ["زهرا کریمی"]


def test_a_restored_person_is_erased_again_once(client: PageClient) -> None:
    person = whole_person()
    for _ in range(2):
        erase_by_uid(person.uid)
    assert events_by(person) == ["account_erased"]
