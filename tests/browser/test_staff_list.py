"""A manager brings a list whose headers nobody knows, matches its columns, takes what is wrong, and makes the links."""

from typing import Any

import pytest
from playwright.sync_api import expect

from lms.documents.tables import read_table
from tests.browser.conftest import DESK
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

MANAGERS = {"fa": "manager", "ar": "manager-ar", "en": "manager-en"}
SHEET = "سازمان,کارمند,رایانامه اداری\n,سارا احمدی,sara@example.org\n,علی,wrong@\nدیگری,نور العلوي,\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_matched_corrected_and_invited(visit: Any, language: str) -> None:
    visitor = visit(**({"viewport": DESK} if language == "en" else {}))
    page = sign_in(visitor, language, MANAGERS[language])
    visitor.go(f"/{language}/")
    own = page.locator("a[href*='/organizations/']").first.get_attribute("href") or ""
    visitor.go(f"/{language}/organizations/{own.split('/organizations/')[1].split('/')[0]}/invitations")
    press(page, "main a[href$='/staff-list']")
    page.set_input_files("[name=file-file]", {"name": "staff.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})
    press(page, "form[enctype] button[type=submit]")
    visitor.axe()
    expect(page.locator("details[open] select")).to_have_count(3)
    page.select_option("[name=column-1]", "person")
    page.select_option("[name=column-2]", "mail")
    press(page, "button[name=match]")
    visitor.axe()
    expect(page.locator("details[open]")).to_have_count(0)
    expect(page.locator("[name=chosen]")).to_have_count(1)
    with page.expect_download() as download:
        page.locator("button[formaction$='.xlsx']").click()
    table = read_table(download.value.path().read_bytes(), "left-out.xlsx")
    assert [row[1] for row in table.rows] == ["علی", "نور العلوي"]
    assert all(row[3] for row in table.rows)
    press(page, "form.stack > p.row button.btn-primary")
    visitor.axe()
    expect(page.locator("main tbody tr")).to_have_count(1)
