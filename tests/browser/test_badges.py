"""A badge goes out as a picture and comes back to be checked, on a phone and at a desk, in each language."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESK
from tests.browser.steps import sign_in
from tests.conftest import LANGUAGES

GOOD = {"fa": "این گواهی معتبر است", "ar": "هذه الشهادة سليمة", "en": "This credential is good"}
FORGED = {"fa": "به این گواهی اعتماد نکنید", "ar": "لا يُعتمد على هذه الشهادة", "en": "Do not rely on this credential"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_badge_is_downloaded_and_checked(visit: Any, tmp_path: Path, language: str) -> None:
    visitor = visit(**({"viewport": DESK} if language == "en" else {}))
    page, home = visitor.page, f"{visitor.server.url}/{language}"
    sign_in(visitor, language, "manager-ar")
    page.goto(f"{home}/certificates")
    page.locator("details.more > summary").first.click()
    page.locator("img.emblem").first.scroll_into_view_if_needed()
    # Refused where the picture does not load.
    page.locator("img.emblem").first.evaluate("picture => picture.decode()")
    visitor.axe()
    files = {}
    for ending in ("badge.png", "credential.json"):
        with page.expect_download() as download:
            page.locator(f"a[href$='{ending}']").first.click()
        files[ending] = tmp_path / ending
        download.value.save_as(files[ending])
    page.goto(f"{home}/verify")
    visitor.axe()
    _hand_in(page, files["badge.png"])
    assert page.locator("h1").inner_text() == GOOD[language]
    visitor.axe()
    document = json.loads(files["credential.json"].read_text("utf-8"))
    files["credential.json"].write_text(json.dumps({**document, "validUntil": "2099-01-01T00:00:00Z"}), "utf-8")
    page.goto(f"{home}/verify/file")
    visitor.axe()
    _hand_in(page, files["credential.json"])
    assert page.locator("h1").inner_text() == FORGED[language]
    visitor.axe()


def _hand_in(page: Any, file: Path) -> None:
    page.set_input_files("input[name=file]", file)
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_load_state()
