"""What is measured on a drawn page: where things stand, and that nothing of them is cut."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

#: Of each list: the words that it may show and have no room.
CUT = """lists => lists.flatMap(list => {
  const pen = document.createElement('canvas').getContext('2d'), style = getComputedStyle(list)
  pen.font = style.font
  const room = list.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd)
  return [...list.options].filter(option => pen.measureText(option.label).width > room).map(option => option.label)
})"""


def gap_at_end(listed: Locator, direction: str) -> int:
    """How many pixels lie between the border of a list and its arrow."""
    image = Image.open(BytesIO(listed.screenshot())).convert("L")
    start = image.height // 2 * image.width
    middle = image.tobytes()[start : start + image.width]
    inward = middle[2:] if direction == "rtl" else middle[-3::-1]
    return next(place for place, shade in enumerate(inward) if abs(shade - inward[0]) > 64)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_arrow_of_a_list_keeps_from_its_edge(visit: Any, size: dict[str, int]) -> None:
    for language in LANGUAGES:
        for scheme in ("light", "dark"):
            page = sign_in(visit(viewport=size, color_scheme=scheme), language, "admin")
            press(page, ".nav a[href$='/reports']")
            lists = page.locator(".filters select")
            direction = page.locator("html").get_attribute("dir") or ""
            assert all(gap_at_end(listed, direction) >= 5 for listed in lists.all()), (language, scheme)
            assert page.locator(".filters .day-field select").evaluate_all(CUT) == [], (language, scheme)


def test_a_list_has_an_arrow_where_colours_are_forced(visit: Any) -> None:
    page = sign_in(visit(forced_colors="active"), "fa", "admin")
    press(page, ".nav a[href$='/reports']")
    styles = page.locator("select").evaluate_all("lists => lists.map(list => getComputedStyle(list).appearance)")
    assert styles
    assert "none" not in styles


def test_the_tabs_of_reports_stand_on_one_line_of_a_desk(visit: Any) -> None:
    for language in LANGUAGES:
        page = sign_in(visit(viewport=DESK), language, "admin")
        press(page, ".nav a[href$='/reports']")
        tabs = page.locator("ul.tabs").first.locator("a")
        for place in range(tabs.count()):
            tabs.nth(place).click()
            expect(tabs.nth(place)).to_have_attribute("aria-current", "page")
            tops = tabs.evaluate_all("tabs => tabs.map(tab => tab.getBoundingClientRect().top)")
            assert len(tops) == 7
            assert len(set(tops)) == 1, (language, page.url)


#: What of a chart's texts lies outside of the box that it stands in, and how far the chart is from filling it.
OUTSIDE = """chart => {
  const box = chart.parentElement.getBoundingClientRect(), own = chart.getBoundingClientRect()
  const out = [...chart.querySelectorAll('text')].filter(text => {
    const at = text.getBoundingClientRect()
    return at.width && (at.left < box.left || at.right > box.right || at.top < box.top || at.bottom > box.bottom)
  })
  return [out.map(text => text.textContent), box.width - own.width > 40, chart.parentElement.scrollWidth > box.width]
}"""
#: Whether two labels below a chart lie on each other.
MEET = """chart => {
  const boxes = [...chart.querySelectorAll(':scope > text[text-anchor=middle]')].map(t => t.getBoundingClientRect())
  const seen = boxes.filter(box => box.width).sort((a, b) => a.left - b.left)
  return seen.length < 2 || seen.some((box, place) => place && box.left < seen[place - 1].right + 4)
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_chart_of_lines_fills_its_card_and_nothing_of_it_is_cut(visit: Any, size: dict[str, int]) -> None:
    for language in LANGUAGES:
        page = sign_in(visit(viewport=size), language, "admin")
        press(page, ".nav a[href$='/reports']")
        press(page, "ul.tabs a[href$='/over-time']")
        for step in ("month", "week"):
            page.goto(f"{page.url.partition('?')[0]}?step={step}")
            chart = page.locator("svg[role=img]")
            assert chart.evaluate(OUTSIDE) == [[], False, False], (language, step)
            assert not chart.evaluate(MEET), (language, step)


def test_the_link_of_a_certificate_is_whole_on_a_phone(visit: Any) -> None:
    for language in LANGUAGES:
        visitor = visit()
        page = sign_in(visitor, language, "manager-ar")
        page.goto(f"/{language}/certificates")
        links = page.locator("textarea[readonly]")
        assert links.count()
        cut = (
            "all => all.filter(l => l.scrollWidth > l.clientWidth || l.scrollHeight > l.clientHeight).map(l => l.value)"
        )
        assert links.evaluate_all(cut) == []
        assert all("/v/" in link.input_value() for link in links.all())
        visitor.axe()


def test_no_line_of_a_path_begins_with_what_parts_it(visit: Any) -> None:
    page = sign_in(visit(viewport={"width": 320, "height": 700}), "fa", "admin")
    press(page, ".nav a[href$='/reports']")
    press(page, "main a[href*='/schedules/new?report=completion']")
    steps = page.locator(".crumbs li")
    tops = steps.evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    assert len(set(tops)) > 1, "it stands on more than one line"
    for when, is_drawn in (("::before", [False, False, False]), ("::after", [True, True, False])):
        drawn = steps.evaluate_all(f"all => all.map(each => getComputedStyle(each, '{when}').content.includes('/'))")
        assert drawn == is_drawn
