"""`lms credentials`: verdicts as exit codes, keys, and keys in backups."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from lms import create_app
from lms.backup.restoring import Restore
from lms.backup.writing import write_backup
from lms.certification.models import Credential
from lms.certification.openbadges.purposes import Purpose
from lms.certification.openbadges.queries import key_in_use
from lms.certification.openbadges.sealed import SEAL, seed_of
from lms.certification.openbadges.signed import TOKEN, json_of, jwt_of, png_of, status_list, svg_of
from lms.certification.services import suspend, take_back
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.worker import run_due
from lms.settings import Settings
from lms.upgrade import CORE, upgrade
from tests.badges import document_of, signed_elsewhere
from tests.cli.processes import Installation
from tests.factories import make_person
from tests.web.test_verification import organization_certificate, personal_certificate

CODE = "گذرواژهٔ پشتیبان"


@contextmanager
def at(installation: Installation, **values: str) -> Iterator[Flask]:
    """In the app of an installation."""
    settings = Settings(
        data=installation.data,
        database_url=installation.url,
        secret_key=installation.environ.get("SECRET_KEY", ""),
        embedded_worker=False,
        testing=True,
        **values,  # type: ignore[arg-type]
    )
    app = create_app(settings)
    with app.app_context():
        upgrade(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def issuer(tmp_path: Path) -> Installation:
    """An installation that issues certificates."""
    return Installation(tmp_path / "issuer", {"SECRET_KEY": "the secret of the issuer"})


@pytest.fixture
def elsewhere(tmp_path: Path) -> Installation:
    """A machine that checks only: it has no database."""
    return Installation(tmp_path / "elsewhere")


def published(form: str = "", purpose: Purpose = Purpose.REVOCATION) -> str:
    """A list as it stands."""
    key = key_in_use()
    assert key
    return status_list(key, "key", purpose, 1, form, now())


def files_of(installation: Installation, folder: Path) -> dict[str, Path]:
    """A certificate in every form, a forged one, and the list before and after it was taken back."""
    with at(installation):
        credential = personal_certificate()
        forged = {**document_of(credential), "name": "Mastery"}
        contents: dict[str, str | bytes] = {
            "good.json": json_of(credential),
            "good.jwt": jwt_of(credential),
            "good.png": png_of(credential),
            "good.svg": svg_of(credential),
            "forged.json": json.dumps(forged),
            "list.json": published(),
            "list.jwt": published(TOKEN),
        }
        with write_unit():
            take_back(db.session.get_one(Credential, credential.id), now())
        contents["revoked.json"] = published()
        with write_unit():
            db.session.get_one(Credential, credential.id).withdrawn_at = None
    for name, content in contents.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return {name: folder / name for name in contents}


def test_the_exit_code_is_the_verdict(issuer: Installation, elsewhere: Installation, tmp_path: Path) -> None:
    files = files_of(issuer, tmp_path)

    def verdict(on: Installation, name: str, listing: str = "", status: int = 0) -> str:
        given = ("--status-list", str(files[listing])) if listing else ()
        return on.lms("credentials", "verify", str(files[name]), *given, status=status)

    assert "stands in the register" in verdict(issuer, "good.png")
    assert "is not at hand" in verdict(elsewhere, "good.jwt", status=2)
    assert "as of the list of" in verdict(elsewhere, "good.jwt", "list.jwt")
    assert "as of the list of" in verdict(elsewhere, "good.svg", "list.json")
    assert "revoked" in verdict(elsewhere, "good.json", "revoked.json", status=1)
    told = verdict(elsewhere, "forged.json", "list.json", status=1)
    assert "does not fit" in told
    assert "Mastery" not in told
    assert not (elsewhere.data / "tashbik.sqlite3").exists(), "checking makes no installation"


@pytest.mark.parametrize(
    ("language", "words"), [("fa", "امضا درست نیست"), ("ar", "التوقيع غير مطابق"), ("en", "does not fit")]
)
def test_the_reason_is_in_the_readers_language(
    elsewhere: Installation, tmp_path: Path, language: str, words: str
) -> None:
    file = tmp_path / "forged.json"
    file.write_text(json.dumps({**signed_elsewhere(), "name": "Mastery"}), "utf-8")
    own = Installation(elsewhere.data, {"LANG": f"{language}_XX.UTF-8"})
    verdict = json.loads(own.lms("credentials", "verify", str(file), "--json", status=1))
    assert (verdict["outcome"], words in verdict["reason"]) == ("refused", True)


class Published(BaseHTTPRequestHandler):
    """Answers with what the test publishes."""

    content = b""
    asked: list[str] = []

    def do_GET(self) -> None:
        """Always the same."""
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (so named there)
        """Say nothing."""


def test_it_fetches_only_when_told_to_and_keeps_what_it_got(
    issuer: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Published)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with at(issuer, base_url=f"http://127.0.0.1:{server.server_port}"):
        file = tmp_path / "good.json"
        file.write_text(json_of(personal_certificate()), "utf-8")
        Published.content = published().encode()
    try:
        assert "is not at hand" in elsewhere.lms("credentials", "verify", str(file), status=2)
        assert not Published.asked
        assert "as of the list of" in elsewhere.lms("credentials", "verify", str(file), "--fetch")
        assert len(Published.asked) == 1
    finally:
        server.shutdown()
        server.server_close()
    assert "as of the list of" in elsewhere.lms("credentials", "verify", str(file)), "as of what is kept"
    outside = signed_elsewhere(
        credentialStatus={**document_status(file), "statusListCredential": "http://example.org/1"}
    )
    file.write_text(json.dumps(outside), "utf-8")
    assert "only https" in elsewhere.lms("credentials", "verify", str(file), "--fetch", status=2)


def document_status(file: Path) -> dict[str, str]:
    """Where a credential says that its revocation is told."""
    found: dict[str, str] = json.loads(file.read_text("utf-8"))["credentialStatus"]
    return found


def test_a_suspended_one_is_refused_with_the_register_and_with_the_list(
    issuer: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    with at(issuer):
        credential = organization_certificate()
        contents = {"one.json": json_of(credential), "list.json": published()}
        admin_id = make_person().id
        with write_unit():
            award = db.session.get_one(Credential, credential.id).award
            assert award
            suspend(award.cycle, "An audit.", actor_id=admin_id, now=now())
        contents["suspended.json"] = published(purpose=Purpose.SUSPENSION)
    for name, content in contents.items():
        (tmp_path / name).write_text(content, "utf-8")
    file, lists = str(tmp_path / "one.json"), [str(tmp_path / name) for name in ("list.json", "suspended.json")]
    assert "suspended" in issuer.lms("credentials", "verify", file, status=1)
    assert "is not at hand" in elsewhere.lms("credentials", "verify", file, "--status-list", lists[0], status=2)
    given = [word for each in lists for word in ("--status-list", each)]
    assert "has suspended it" in elsewhere.lms("credentials", "verify", file, *given, status=1)


def test_a_new_key_signs_and_the_old_one_stays_listed(issuer: Installation, tmp_path: Path) -> None:
    files = files_of(issuer, tmp_path)
    first = issuer.lms("credentials", "keys")
    assert first.count("did:key:") == 1
    assert "in use" in first
    assert "is in use" in issuer.lms("credentials", "rotate-key", typed="y\n")
    both = issuer.lms("credentials", "keys")
    assert both.count("did:key:") == 2
    assert both.index("in use") < both.index("retired")
    assert "stands in the register" in issuer.lms("credentials", "verify", str(files["good.json"]))


def test_keys_move_with_a_backup_to_a_machine_with_another_secret(
    issuer: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    files, backup = files_of(issuer, tmp_path), tmp_path / "one.backup"
    with at(issuer):
        settings = Settings(issuer.data, "", issuer.environ["SECRET_KEY"])
        write_backup(db.engine, settings, backup, CODE, print)
    other = Installation(elsewhere.data, {"SECRET_KEY": "another secret altogether"})
    other.data.mkdir()
    Restore(Settings(other.data, other.url, other.environ["SECRET_KEY"]), (CORE,), (), print).run(
        backup, CODE, force=False
    )
    with at(other) as app:
        key = key_in_use()
        assert key
        assert SEAL.renewed(key.sealed_key, key.uid.bytes) != key.sealed_key
        assert run_due(app, {"seal_again"}) == 1
        db.session.rollback()
        key = key_in_use()
        assert key
        assert SEAL.renewed(key.sealed_key, key.uid.bytes) == key.sealed_key
        (other.data / "secret.key").unlink()
        assert seed_of(key)
        credential = db.session.scalars(select(Credential)).one()
        assert json_of(credential) == files["good.json"].read_text("utf-8")
    assert "stands in the register" in other.process("credentials", "verify", str(files["good.jwt"]))
    stranger = Installation(other.data, {"SECRET_KEY": "a third one"})
    assert "cannot be opened" in stranger.lms("credentials", "keys")
