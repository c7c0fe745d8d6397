"""A view of a report is made regularly, at once, downloaded and deleted, in each language."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES


@pytest.mark.parametrize("report", ["completion", "over-time"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_is_made_regularly(visit: Any, language: str, report: str) -> None:
    visitor = visit(**({"viewport": DESK} if language == "en" else {}))
    page, home = visitor.page, f"{visitor.server.url}/{language}"
    sign_in(visitor, language, "admin")
    page.goto(f"{home}/reports")
    press(page, f"main .tabs a[href$='/{report}']")
    visitor.axe()
    press(page, f"main a[href*='/schedules/new?report={report}']")
    visitor.axe()
    expect(page.locator(f"main section.card a[href$='/reports/{report}']")).to_be_visible()
    page.fill("[name=name]", f"PDF {report} {language}")
    page.check("[name=rhythm][value=monthly]")
    page.select_option("[name=file_format]", "pdf")
    page.check("[name=to_folder]")
    press(page, "main form.stack-l button[type=submit]")
    visitor.axe()
    press(page, "main form[action$='/run'] button")
    visitor.axe()
    for _ in range(20):
        if page.locator("main a[href$='/file']").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    press(page, "main th a[href*='/runs/']")
    visitor.axe()
    with page.expect_download() as download:
        page.locator("main a[href$='/file']").click()
    assert download.value.suggested_filename.startswith(f"{report}-")
    assert download.value.suggested_filename.endswith(".pdf")
    assert list((visitor.server.data / "reports").glob(f"*/{report}-*.pdf"))
    page.goto(page.url.partition("/runs/")[0] + "/schedules")
    press(page, "main a[href$='/delete']")
    visitor.axe()
    press(page, "main form button.btn-danger")
    expect(page.locator("main section.card")).to_have_count(0)


def test_only_the_day_that_counts_is_asked_for(visit: Any) -> None:
    # Without a script as well; by keyboard alone.
    visitor = visit(java_script_enabled=False)
    page = sign_in(visitor, "fa", "admin")
    press(page, ".nav a[href$='/reports']")
    press(page, "main a[href*='/schedules/new?report=completion']")
    week, month = page.locator("[name=weekday]"), page.locator("[name=month_day]")
    expect(week).to_be_visible()
    expect(month).to_be_hidden()
    page.locator("[name=rhythm][value=weekly]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=rhythm][value=monthly]")).to_be_checked()
    expect(week).to_be_hidden()
    expect(month).to_be_visible()
    page.keyboard.press("Tab")
    expect(month).to_be_focused()
    page.fill("[name=name]", "ماهانه")
    month.select_option("15")
    page.check("[name=to_folder]")
    press(page, "main form.stack-l button[type=submit]")
    expect(page.locator("main")).to_contain_text("۱۵")
    # The other tests of this file expect none.
    press(page, "main a[href$='/delete']")
    press(page, "main form button.btn-danger")
    expect(page.locator("main section.card")).to_have_count(0)
