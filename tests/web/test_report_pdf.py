"""The completion report as PDF: the numbers of the page, on paper."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from lms.clock import now
from lms.db import db
from lms.formats import Formatter
from lms.organizations.models import Network
from lms.reports import printing
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization
from tests.page import PageClient
from tests.reporting import ask, completed_in, make_admin

FOLDED = str.maketrans("يىك", "ییک", "\u200c\u200e\u200f\u061c\u2066\u2067\u2068\u2069ًٌٍَُِّْٰٔ\n ")
NAMES = {"fa": "انجمن یاری", "ar": "جمعية يد", "en": "Yari Society"}


def pdf(client: PageClient, network: Network, language: str = "fa", filters: str = "") -> PdfReader:
    data = client.get(f"/{language}/networks/{network.public_id}/reports/completion/pdf{filters}").data
    return PdfReader(BytesIO(data))


def text_of(reader: PdfReader) -> str:
    return "".join(folded(page.extract_text()) for page in reader.pages)


def folded(text: str) -> str:
    return text.translate(FOLDED)


def says(text: str, phrase: str) -> bool:
    """Whether every word of a phrase is there: the reader of the file gives words written to the left in any order."""
    return all(folded(word) in text for word in phrase.split())


def full_network(people: int = 7, done: int = 5) -> tuple[Network, Any]:
    network = make_network(names={"fa": "شبکهٔ سمن‌ها", "ar": "شبكة الجمعيات", "en": "Network of NGOs"}, threshold=2)
    module = make_module(titles={"fa": "ذی‌نفعان", "ar": "أصحاب المصلحة", "en": "Stakeholders"})
    organization = make_organization(network, names=NAMES)
    for number in range(people):
        person = make_member(organization)
        if number < done:
            completed_in(person, module, "fa")
    return network, module


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_page_says_in_the_readers_digits_and_calendar(client: PageClient, language: str) -> None:
    network, module = full_network()
    client.sign_in(make_admin(network))
    reader = pdf(client, network, language, f"?module={module.public_id}")
    text, written = text_of(reader), Formatter(language)
    assert says(text, NAMES[language])
    assert says(text, module.titles[language])
    since = written.short_date(ask(network).page.items[0].since)
    # The reader of the file takes Persian digits for letters and reads them backwards.
    for part in re.findall(r"\w+", folded(since.replace(" ", "/")) + "/" + folded(written.percent(5 / 7))):
        assert part in text or part[::-1] in text
    label = {"fa": "صفحهٔ ۱ از ۱", "ar": "الصفحة 1 من 1", "en": "Page 1 of 1"}[language]
    assert folded(label) in text
    for fact in {
        "fa": ("گزارش", "شبکهٔ سمن‌ها"),
        "ar": ("الصفوف المتوقعة", "شبكة الجمعيات"),
        "en": ("Rows expected", "Rows written", "Filters", "Network of NGOs"),
    }[language]:
        assert says(text, fact)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/Direction"] == ("/L2R" if language == "en" else "/R2L")
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (842, 595)


def test_the_page_says_the_same_numbers(client: PageClient) -> None:
    network, module = full_network()
    page = client.sign_in(make_admin(network)).get(
        f"/en/networks/{network.public_id}/reports/completion?module={module.public_id}"
    )
    assert "71%" in page.text
    text = pdf(client, network, "en", f"?module={module.public_id}").pages[0].extract_text()
    assert re.search(r"7\s+5\s+71%", text.translate(str.maketrans("", "", "\u2068\u2069")))
    assert "/completion/pdf?" in page.text


def test_hidden_cells_are_said_to_be_hidden_and_nothing_else(client: PageClient) -> None:
    network, module = full_network(people=6, done=1)
    client.sign_in(make_admin(network))
    filters = f"?module={module.public_id}&language=fa"
    assert ask(network, language="fa", module_id=module.id).page.items[0].cells[0].completed is None
    text = text_of(pdf(client, network, "en", filters))
    assert text.count("hidden") >= 2
    assert "17%" not in text
    assert "17%" in text_of(pdf(client, network, "en", f"?module={module.public_id}"))


def test_the_head_stands_on_every_page_and_pages_are_numbered(client: PageClient) -> None:
    network, module = make_network(), make_module()
    for number in range(80):
        make_organization(network, names={"en": f"Society {number}"})
    complete(make_member(make_organization(network, names={"en": "Last"})), module)
    client.sign_in(make_admin(network))
    reader = pdf(client, network, "en")
    pages = [folded(page.extract_text()) for page in reader.pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"Page{number}of{len(pages)}" in text
    with_rows = [text for text in pages if "Society" in text]
    assert len(with_rows) > 1
    assert all("Inthenetworksince" in text for text in with_rows)
    assert "Rowsexpected81" in "".join(pages)
    assert "Rowswritten81" in "".join(pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_says_of_whom_as_of_when_and_what_is_left_out(client: PageClient, language: str) -> None:
    network, _module = full_network()
    for number in range(60):
        make_organization(network, names={"en": f"Yar {number}"})
    client.sign_in(make_admin(network))
    reader = pdf(client, network, language, "?q=yar")
    assert len(reader.pages) > 1
    first = folded(reader.pages[0].extract_text())
    assert says(first, network.names[language])
    if language == "en":
        assert folded(Formatter("en").day(now().date())) in first
        assert "Organizationname:yar" in first
        assert "Nofilter" not in folded(pdf(client, network, "en").pages[0].extract_text())


def test_many_modules_are_numbered_and_explained_before_them(client: PageClient) -> None:
    network = make_network()
    for number in range(60):
        make_organization(network, names={"en": f"Society {number}"})
    client.sign_in(make_admin(network))
    modules = [make_module(titles={"en": f"Subject {number}"}) for number in range(printing.MOST_NAMED + 1)]
    reader = pdf(client, network, "en")
    assert len(reader.pages) > 1
    text = folded(reader.pages[0].extract_text())
    for module in modules:
        assert text.count(folded(module.titles["en"])) == 1
    assert "Fromaboveineachcell:completedandshare." in text


def test_too_many_rows_are_refused_with_the_limit_and_not_cut(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, module = full_network()
    make_organization(network)
    db.session.commit()
    client.sign_in(make_admin(network))
    path = f"/en/networks/{network.public_id}/reports/completion/pdf?module={module.public_id}"
    columns = 8
    monkeypatch.setattr(printing, "MOST_CELLS", columns)
    told = client.get(path, 409).text
    assert "1 rows at most, and it has 2" in told
    assert "CSV or XLSX" in told
    monkeypatch.setattr(printing, "MOST_CELLS", 2 * columns)
    client.get(path)
