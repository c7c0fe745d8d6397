"""A token is made, copied, used by a program and revoked, in each language; people read what can be asked."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.browser.conftest import DESK
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES


def ask(address: str, secret: str) -> tuple[int, Any]:
    """What a program is answered."""
    try:
        with urlopen(Request(address, headers={"Authorization": f"Bearer {secret}"}), timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_token_is_made_copied_used_and_revoked(visit: Any, language: str) -> None:
    visitor = visit(
        permissions=["clipboard-read", "clipboard-write"], **({"viewport": DESK} if language == "en" else {})
    )
    page, home = visitor.page, f"{visitor.server.url}/{language}"
    sign_in(visitor, language, "admin")
    page.goto(f"{home}/networks")
    press(page, "main th a[href*='/networks/']")
    press(page, "a[href$='/tokens']")
    visitor.axe()
    page.fill("[name=name]", "Power BI")
    page.check("[name=scopes][value=completions]")
    press(page, "main form.card button[type=submit]")
    visitor.axe()
    secret = page.locator("#secret").input_value()
    page.locator("button[data-copy=secret]").click()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    feed = page.locator("#feed").input_value()
    address = visitor.server.url + feed[feed.index("/api/") :].removesuffix(".csv")
    status, found = ask(address, secret)
    assert status == 200
    assert found["items"]
    press(page, "main a.btn[href$='/tokens']")
    visitor.axe()
    press(page, "main form[action$='/revoke'] button")
    assert ask(address, secret)[0] == 401
    page.goto(f"{home}/api")
    visitor.axe()
    assert page.locator("main h2").count() > 8
