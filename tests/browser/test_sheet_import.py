"""A network admin brings a sheet in, corrects what was wrong in the sheet of errors, and takes it back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.documents.tables import read_table
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import press, sign_in
from tests.sheets import csv_of

HEADERS = ("نام سازمان", "نام و نام خانوادگی", "ماژول", "تاریخ تکمیل", "نمره", "توضیح")
MODULE = "networking_kit/what-networking-is"
GOOD = [("انجمن آزمون", f"شخص {n}", MODULE, "۱۴۰۳/۷/۱۲", "۸۵", "") for n in range(30)]
WRONG = ("انجمن آزمون", "شخص نادرست", MODULE, "۱۴۰۳/۱۳/۱۲", "", "")


def at_work(page: Page) -> None:
    """Wait until the worker is done; the page looks again by itself."""
    expect(page.locator("#progress")).to_have_count(0, timeout=60_000)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_sheet_comes_and_goes(visit: Callable[..., Any], tmp_path: Path, size: dict[str, int]) -> None:
    visitor = visit(viewport=size)
    page = sign_in(visitor, "fa", "admin")
    page.goto("/fa/networks")
    page.locator("main .modules a, main table a, main li a").first.click()
    press(page, "a[href$='/imports']")
    visitor.axe()
    file = tmp_path / "افراد.csv"
    file.write_bytes(csv_of(HEADERS, *GOOD, WRONG))
    page.set_input_files("[name=file]", file)
    press(page, "main form button.btn-primary")
    visitor.axe()
    expect(page.locator("[name=column-1]")).to_have_value("person")
    press(page, "button[form=matching]")
    at_work(page)
    visitor.axe()
    expect(page.locator("main tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        page.locator("a[href$='/errors.xlsx']").click()
    errors = tmp_path / "errors.xlsx"
    download.value.save_as(errors)
    table = read_table(errors.read_bytes(), errors.name)
    assert table.headers[-1] == "دلیل"
    assert table.rows[0][-1] == "تاریخ تکمیل: چنین تاریخی نیست."
    press(page, ".tabs a[href*='show=new']")
    expect(page.locator("main tbody tr")).to_have_count(25)
    visitor.axe()
    press(page, "form[action$='/begin'] button")
    at_work(page)
    expect(page.locator(".figures dd").nth(1)).to_have_text("۳۰")
    visitor.axe()
    press(page, "form[action$='/undo'] button")
    at_work(page)
    visitor.axe()
    expect(page.get_by_text("هر چه ساخته بود برداشته شد.")).to_be_visible()
