"""Writing in the studio: buttons, keys, and what is pasted from elsewhere."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

WORD = """<html><head><style>p.MsoNormal {color:red}</style></head><body><!--StartFragment-->
<h1 style="mso-x:y">عنوان <o:p></o:p></h1>
<p class=MsoNormal><span style="font-size:14pt">متن <b>پررنگ </b>و <i>كج</i> با ي و ك و نیم‌فاصله.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1 lfo1">
<span style="mso-list:Ignore">·<span>&nbsp; </span></span>یک</p>
<p class=MsoListParagraphCxSpLast style="mso-list:l0 level2 lfo1">
<span style="mso-list:Ignore">۱.<span>&nbsp;</span></span>دو</p>
<table><tr><td>نقش</td><td>کار</td></tr><tr><td>عضو</td><td>رأی | نظر</td></tr></table>
<!--EndFragment--></body></html>"""
CASES: list[tuple[str, str, str]] = [
    (
        "fa",
        WORD,
        "# عنوان\n\nمتن **پررنگ** و *کج* با ی و ک و نیم\u200cفاصله.\n\n- یک\n   1. دو\n\n"
        "| نقش | کار |\n| --- | --- |\n| عضو | رأی \\| نظر |",
    ),
    ("ar", "<p>الشبکة فی <strong>العمل</strong></p>", "الشبكة في **العمل**"),
    (
        "en",
        '<b style="font-weight:normal"><p>Plain</p><ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul></b>',
        "Plain\n\n- one\n- two\n   1. deep",
    ),
    (
        "en",
        '<a href="https://a.example/x(1)">a page</a> <a href="javascript:alert(1)">no</a>',
        "[a page](https://a.example/x%281%29) no",
    ),
    ("en", "<blockquote><p>said</p><p>again</p></blockquote>", "> said\n> \n> again"),
    (
        "en",
        "<p># 2 * 3 [x]</p><p>1. no list</p><script>alert(1)</script><img src=x onerror=alert(1)>",
        "\\# 2 \\* 3 \\[x\\]\n\n\\1. no list",
    ),
    ("en", "a<br>b<div style='display:none'>c</div>", "a\nb"),
    ("en", "", ""),
]


def begin(visitor: Visitor, language: str) -> Page:
    """The editor of a lesson with one block."""
    sign_in(visitor, language, "trainer")
    page = visitor.go(f"/{language}/studio/new")
    page.fill(f"[name=title_{language}]", "A lesson to write")
    press(page, "main form button.btn-primary")
    press(page, "button[value='add:lesson']")
    page.locator("form.studio details.menu:not(.menu-end) > summary").last.click()
    press(page, "details[open] button[value='add:text:']")
    return page


def paste(page: Page, selector: str, html: str, plain: str = "") -> str:
    """Paste into a field, as a browser does; gives what stands in it."""
    return str(
        page.locator(selector).last.evaluate(
            """(field, [html, plain]) => {
                field.focus();
                const data = new DataTransfer();
                if (html) data.setData("text/html", html);
                data.setData("text/plain", plain);
                const event = { clipboardData: data, bubbles: true, cancelable: true };
                field.dispatchEvent(new ClipboardEvent("paste", event));
                return field.value;
            }""",
            [html, plain],
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_and_keys_write_what_keyboards_lack(visit: Any, language: str) -> None:
    visitor: Visitor = visit()
    page = begin(visitor, language)
    visitor.axe()
    text = page.locator(f"textarea[lang={language}]").last
    text.click()
    page.keyboard.type("ab")
    page.keyboard.press("Shift+Space")
    page.keyboard.type("c")
    expect(text).to_have_value("ab\u200cc")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    expect(text).to_have_value("**ab\u200cc**")
    page.keyboard.press("Control+b")
    expect(text).to_have_value("ab\u200cc")
    page.keyboard.press("Control+Shift+l")
    expect(text).to_have_value("[ab\u200cc]{ltr}")
    page.keyboard.press("Control+z")
    expect(text).to_have_value("ab\u200cc")
    page.keyboard.press("Control+a")
    for name in ("guillemets", "bold", "list"):
        page.locator(f"[data-name={name}]").click()
    expect(text).to_have_value("- «**ab\u200cc**»")
    expect(page.locator("[data-toolbar]").get_by_role("button")).to_have_count(8)


def test_what_is_pasted_becomes_markdown(visit: Any) -> None:
    visitor: Visitor = visit()
    page = begin(visitor, "en")
    for language, html, expected in CASES:
        found = page.evaluate("([html, language]) => tashbikPaste.toMarkdown(html, language)", [html, language])
        assert found == expected, html
    assert paste(page, "textarea[lang=en]", "<p>Hello <b>you</b></p>") == "Hello **you**"
    page.locator("textarea[lang=en]").last.press("Control+z")
    expect(page.locator("textarea[lang=en]").last).to_have_value("")
    assert paste(page, "textarea[lang=fa]", "", "كتاب") == "کتاب"
    assert paste(page, "input[lang=ar]", "<p>x</p>", "کتاب\nثان") == "كتاب ثان"
