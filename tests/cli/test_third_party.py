"""A plugin that somebody else made: installed from its folder, used, and taken away."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.installing import ROOT, Installation

pytestmark = [pytest.mark.once, pytest.mark.timeout(600)]
BOTH = "networking_kit,field_notes"
VISIT = """
from lms import create_app
from tests.factories import make_person
from tests.page import PageClient

app = create_app()
for language in ("fa", "ar"):
    with app.app_context():
        address = f"/{language}/x/field-notes/"
        client = PageClient(app).sign_in(make_person())
        page = client.get(address)
        client.post(address, {"text": "یک سطر"})
        client.post(address, {"text": "x" * 300}, status=422)
        print(client.get(address).text)
        script = page.text.split('<script src="')[-1].split('"')[0]
        print(app.test_client().get(script).status_code, "script", language)
"""


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An installation with the plugin's package in it, and its database made."""
    found = Installation(tmp_path)
    found.install(ROOT / "tests" / "third_party")
    return found


def test_installed_used_and_removed(installation: Installation) -> None:
    assert "field_notes  not enabled  Field notes" in installation.lms("plugins", "list")
    upgraded = installation.lms("upgrade", plugins=BOTH)
    assert "field_notes: done" in upgraded
    assert "field_notes: keeping-notes, version 1" in upgraded
    shown = installation.python(VISIT, plugins=BOTH)
    for words in (
        "<h1>یادداشت‌های میدانی</h1>",
        "۱ یادداشت",
        "<h1>ملاحظات ميدانية</h1>",
        "ملاحظة واحدة",
        "200 script ar",
    ):
        assert words in shown
    assert installation.lms("field_notes", "count", plugins=BOTH) == "2 notes\n"

    installation.remove()
    refused = installation.lms("upgrade", plugins=BOTH, fails=True)
    assert "Plugin field_notes: it is not installed" in refused
    assert "core: current" in installation.lms("upgrade")
    assert "field_notes/keeping-notes" in installation.lms("modules", "list")
    with sqlite3.connect(installation.data / "tashbik.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM field_notes_note").fetchone() == (2,)


def test_it_passes_the_suite_for_plugins(installation: Installation) -> None:
    assert installation.lms("plugins", "check", "field_notes") == "field_notes: nothing is wrong\n"


def test_a_new_plugin_passes_the_suite(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.lms("plugins", "new", "fund_raising", "--title", "Raising funds")
    installation.install(tmp_path / "tashbik-fund-raising")
    assert "fund_raising  not enabled  Raising funds" in installation.lms("plugins", "list")
    assert installation.lms("plugins", "check", "fund_raising") == "fund_raising: nothing is wrong\n"
    assert "exists" in installation.lms("plugins", "new", "fund_raising", fails=True)


def test_a_package_becomes_a_plugin(upgraded_data: Path, tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    shutil.copytree(upgraded_data, installation.data)
    file, broken = tmp_path / "forms.zip", tmp_path / "broken.zip"
    installation.lms("modules", "export", "networking_kit/forms-of-networks", str(file))
    installation.lms("plugins", "new", "our_forms", "--from", str(file))
    content = tmp_path / "tashbik-our-forms" / "our_forms" / "content"
    assert [path.name for path in content.iterdir()] == ["forms-of-networks"]
    assert "content/forms-of-networks" in (tmp_path / "tashbik-our-forms" / "README.md").read_text(encoding="utf-8")
    installation.install(tmp_path / "tashbik-our-forms")
    assert installation.lms("plugins", "check", "our_forms") == "our_forms: nothing is wrong\n"
    broken.write_bytes(file.read_bytes()[:200])
    assert "not a package" in installation.lms("plugins", "new", "other", "--from", str(broken), fails=True)
    assert not (tmp_path / "tashbik-other").exists()
