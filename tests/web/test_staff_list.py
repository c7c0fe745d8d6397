"""A list of staff: pasted or uploaded, looked at, made into links."""

import io
import json
import re
import zipfile

import pytest
from sqlalchemy import select

from lms.clock import now
from lms.db import db, write_unit
from lms.documents.sheets import Column, write_xlsx
from lms.documents.tables import read_table
from lms.imports.models import ImportMatching
from lms.organizations.models import Invitation, Organization
from lms.organizations.services import Invited, invite
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sent_forms import whole_body


@pytest.fixture
def organization(client: PageClient) -> Organization:
    """An organization whose manager is signed in on `client`."""
    organization = make_organization(make_network(), names={"en": "Olive Tree"})
    client.sign_in(grant(make_member(organization), Role.MANAGER, organization=organization))
    return organization


def address(organization: Organization, language: str = "en") -> str:
    return f"/{language}/organizations/{organization.public_id}/staff-list"


def carried(page: str) -> dict[str, str]:
    """The hidden fields of a preview."""
    from html import unescape

    return {name: unescape(value) for name, value in re.findall(r'name="(rows|language)" value="([^"]*)"', page)}


def upload(client: PageClient, organization: Organization, data: bytes, name: str, status: int = 200) -> str:
    fields = {"file-language": "fa", "file-file": (io.BytesIO(data), name)}
    return client.post(address(organization), fields, status, content_type="multipart/form-data").text


def workbook(rows: list[list[str]], headers: tuple[str, ...]) -> bytes:
    target = io.BytesIO()
    write_xlsx(target, [Column(h, h) for h in headers], rows, language="fa", sheet_name="list")
    return target.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_list_becomes_links(client: PageClient, organization: Organization, language: str) -> None:
    here = address(organization, language)
    client.get(here)
    text = "سارا احمدی، sara@example.org\nنور العلوي، العربية\nسارا احمدي, SARA@example.org\nboth@wrong"
    preview = client.post(here, {"text": text, "language": "fa"}, 200).text
    assert preview.count('type="checkbox"') == 2
    assert not db.session.scalars(select(Invitation)).all()
    made = client.post(here, {**carried(preview), "chosen": ["0", "1", "2", "3"]})
    page = client.follow(made)
    rows = db.session.scalars(select(Invitation).order_by(Invitation.id)).all()
    assert [(r.name, r.email, r.language) for r in rows] == [
        ("سارا احمدی", "sara@example.org", "fa"),
        ("نور العلوي", "", "ar"),
    ]
    assert "نور العلوي" in page.text
    base = made.headers["Location"]
    slips = client.get(f"{base}/slips").text
    assert slips.count("<svg role") == 2
    assert rows[0].code in slips
    client.post(f"{base}/revoke")
    assert rows[0].code not in client.get(f"{base}/slips").text
    client.get(base)


def test_files_can_be_downloaded_and_run_no_formula(client: PageClient, organization: Organization) -> None:
    preview = client.post(address(organization), {"text": "=cmd|' /C calc'!A0\n@SUM(1)", "language": "en"}, 200).text
    base = client.post(address(organization), {**carried(preview), "chosen": ["0"]}).headers["Location"]
    csv = client.get(f"{base}/csv")
    assert csv.headers["Content-Disposition"].startswith("attachment")
    cells = csv.text.splitlines()[1].split(",")
    assert not cells[0].strip('"').startswith(("=", "@", "+", "-"))
    table = read_table(client.get(f"{base}/xlsx").data, "x.xlsx")
    assert table.rows[0][3].startswith("http://localhost/i/")


def test_a_workbook_and_an_old_encoding_are_read(client: PageClient, organization: Organization) -> None:
    data = workbook([["a@b.org", "علی رضایی", "فارسی"]], ("ایمیل", "نام", "زبان"))
    assert "علی رضایی" in upload(client, organization, data, "list.xlsx")
    assert "نور العلوي" in upload(client, organization, "الاسم;البريد\nنور العلوي;n@x.org\n".encode("cp1256"), "l.csv")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.csv", "No row"),
        (b"%PDF-1.7", "a.csv", "This is no table"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "a.xls", "old Excel"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "a.xlsx", "locked"),
        (b"PK\x03\x04 nothing", "a.xlsx", "could not be read"),
        (b"name\n" + b"x\n" * 501, "a.csv", "at most 500"),
    ],
)
def test_what_is_no_list_is_refused(
    client: PageClient, organization: Organization, data: bytes, name: str, said: str
) -> None:
    assert said in upload(client, organization, data, name, 422)


def test_a_file_is_asked_for_not_offered(client: PageClient, organization: Organization) -> None:
    page = client.get(address(organization)).text
    label = re.search(r'<label for="file-file">.*?</label>', page, re.DOTALL)
    assert label
    assert "optional" not in label[0]


def test_a_zip_bomb_is_refused(client: PageClient, organization: Organization) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    assert "too large" in upload(client, organization, bomb.getvalue(), "a.xlsx", 422)


def test_a_huge_upload_is_a_page_413(client: PageClient, organization: Organization) -> None:
    body = {"data": b"x" * 9_000_000, "content_type": "multipart/form-data; boundary=b"}
    page = client.post_body(address(organization), 413, **body)
    assert "This is too large" in page.text
    assert "A file may have at most 8 MB" in page.text


def test_a_file_may_be_larger_than_a_form(client: PageClient, organization: Organization) -> None:
    sent = whole_body({"file-language": "fa"}, b"name\n" + b"x" * 3_000_000, name="file-file")
    assert "could not be read" in client.post_body(address(organization), 422, **sent).text
    longer = whole_body({"file-language": "f" * 3_000_000}, b"", name="file-file")
    assert "What a form sends may have at most 2 MB" in client.post_body(address(organization), 413, **longer).text


def test_nothing_and_too_much_are_said_so(client: PageClient, organization: Organization) -> None:
    assert "Write or paste a list." in client.post(address(organization), {"text": "", "language": "fa"}, 422).text
    assert "1 to 500" in client.post(address(organization), {"text": "a\n" * 501, "language": "fa"}, 422).text
    assert "1 to 500" in client.post(address(organization), {"text": ",,\n;;", "language": "fa"}, 422).text
    client.post(address(organization), {"text": "a", "language": "xx"}, 422)
    nothing = client.post(address(organization), {"file-language": "fa"}, 422)
    assert "Choose a file." in nothing.text


def test_nobody_chosen_is_asked_again(client: PageClient, organization: Organization) -> None:
    preview = client.post(address(organization), {"text": "Ali", "language": "fa"}, 200).text
    assert "Choose somebody" in client.post(address(organization), carried(preview), 422).text


def test_a_changed_page_makes_nothing_that_a_list_could_not(client: PageClient, organization: Organization) -> None:
    def rows(*cells: list[str]) -> str:
        columns = ["person", "mail", "language"]
        kept = {"rows": [[line, each] for line, each in enumerate(cells, start=1)], "columns": columns}
        return json.dumps({**kept, "headed": False, "written": True})

    for wrong in ("", "nonsense", "[" * 5000, '[[1,"a","",""]', "{}", rows(["a"]).replace("mail", "score")):
        client.post(address(organization), {"rows": wrong, "language": "fa", "chosen": "0"})
    wrong = rows(["x" * 500, "", ""], ["", "no mail", ""])
    client.post(address(organization), {"rows": wrong, "language": "fa", "chosen": ["0", "1"]}, 422)
    client.post(address(organization), {"rows": rows(["a", "", ""]), "language": "../x", "chosen": "0"})
    client.post(f"{address(organization)}/left-out.csv", {"rows": "nonsense", "language": "fa"})
    assert not db.session.scalars(select(Invitation)).all()


def test_who_is_known_is_not_ticked(client: PageClient, organization: Organization) -> None:
    make_member(organization, make_person(display_name="Dina"))
    with write_unit():
        invite(organization, Invited(name="Omar"), actor_id=make_person_id(organization), now=now())
    page = client.post(address(organization), {"text": "Dina\nOmar\nNew", "language": "en"}, 200).text
    assert page.count("checked") == 1
    assert "A member has this name" in page
    assert "Has an open link already" in page


def make_person_id(organization: Organization) -> int:
    return organization.memberships[0].person_id


def test_mail_addresses_of_accounts_are_not_found_out(client: PageClient, organization: Organization) -> None:
    make_member(organization, make_person(email="d@x.org", email_key="d@x.org"))
    page = client.post(address(organization), {"text": "Somebody, d@x.org", "language": "en"}, 200).text
    assert "New: gets a link" in page


def test_another_organizations_list_is_not_found(client: PageClient, organization: Organization) -> None:
    preview = client.post(address(organization), {"text": "Ali", "language": "fa"}, 200).text
    base = client.post(address(organization), {**carried(preview), "chosen": "0"}).headers["Location"]
    other = make_organization(make_network())
    mine = base.replace(organization.public_id, other.public_id)
    stranger = PageClient(client.app)
    stranger.sign_in(grant(make_member(other), Role.MANAGER, organization=other))
    for rest in ("", "/slips", "/csv", "/xlsx"):
        stranger.get(base + rest, status=404)
        stranger.get(mine + rest, status=404)
    stranger.post(base + "/revoke", status=404)
    stranger.get(address(organization), status=404)
    stranger.post(address(organization), {"text": "Ali", "language": "fa"}, 404)


def test_a_preview_asks_as_much_for_long_lists(client: PageClient, organization: Organization) -> None:
    asked = []
    for length in (5, 5, 100):  # the first also notes that the manager is here
        text = "\n".join(f"n{i}" for i in range(length))
        with counted_statements() as counted:
            client.post(address(organization), {"text": text, "language": "fa"}, 200)
        asked.append(len(counted))
    assert asked[1] == asked[2]


def test_a_long_list_of_links_is_leafed_through_and_searched(client: PageClient, organization: Organization) -> None:
    text = "\n".join(f"كريم {number:03}" for number in range(60))
    preview = client.post(address(organization), {"text": text, "language": "en"}, 200).text
    chosen = [str(number) for number in range(60)]
    made = client.post(address(organization), {**carried(preview), "chosen": chosen}).headers["Location"]
    assert "1 to 25 of 60" in client.get(made).text
    assert "كريم 059" in client.get(f"{made}?page=3").text
    found = client.get(f"{made}?q=کریم ۰۴۲").text
    assert "كريم 042" in found
    assert "1 to 1 of 1" in found
    assert "Nobody here has such a name" in client.get(f"{made}?q=zz").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_are_matched_by_hand_and_remembered(
    client: PageClient, organization: Organization, language: str
) -> None:
    headers = ("ردیف", "کارمند", "پست الکترونیکی اداری", "سمت")
    data = workbook([["7", "سارا احمدی", "sara@example.org", "منشی"]], headers)
    fields = {"file-language": "fa", "file-file": (io.BytesIO(data), "staff.xlsx")}
    here = address(organization, language)
    page = client.post(here, fields, 200, content_type="multipart/form-data").text
    assert '<details class="more" open>' in page, "no header was understood"
    sent = {**carried(page), "match": "yes", "headed": "on"}
    page = client.post(here, {**sent, "column-3": "language"}, 422).text
    assert page.count('role="alert"') == 1
    page = client.post(here, {**sent, "column-1": "person", "column-2": "mail"}, 200).text
    assert page.count('type="checkbox" id="chosen-') == 1
    assert '<details class="more">' in page
    client.post(here, {**carried(page), "chosen": "0"})
    made = db.session.scalars(select(Invitation)).one()
    assert (made.name, made.email) == ("سارا احمدی", "sara@example.org")
    again = upload(client, organization, data, "later.xlsx")
    assert '<details class="more">' in again, "the same headers are known now"
    assert again.count("selected") >= 2
    other = make_organization(make_network())
    client.sign_in(grant(make_member(other), Role.MANAGER, organization=other))
    assert '<details class="more" open>' in upload(client, other, data, "staff.xlsx"), "to nobody else"
    client.post(here, {**sent, "column-1": "person"}, 404)


def test_columns_that_a_list_cannot_have_begin_anew(client: PageClient, organization: Organization) -> None:
    page = upload(client, organization, b"a,b\nc,d\n", "l.csv")
    sent = {**carried(page), "match": "yes", "column-0": "person", "column-1": "score"}
    assert client.post(address(organization), sent).headers["Location"] == address(organization)
    page = client.post(address(organization), {**sent, "column-1": "mail", "headed": "on"}, 200).text
    assert "This is not a mail address" in page


def ticked(page: str) -> bool:
    """Whether the first row is offered as headers."""
    box = re.search(r'<input type="checkbox" id="headed"[^>]*>', page)
    assert box
    return " checked" in box[0]


@pytest.mark.parametrize("pasted", [True, False])
def test_a_list_without_headers_loses_nobody(client: PageClient, organization: Organization, pasted: bool) -> None:
    text = "Nasrin\tnasrin@example.org\tTehran\nSara\tsara@example.org\tQom\n"
    here = address(organization)
    page = client.post(here, {"text": text, "language": "en"}, 200).text if pasted else ""
    page = page or upload(client, organization, text.encode(), "staff.tsv")
    assert not ticked(page)
    sent = {**carried(page), "match": "yes", "column-0": "person", "column-1": "mail"}
    assert client.post(here, sent, 200).text.count('name="chosen"') == 2
    page = client.post(here, {**sent, "headed": "on"}, 422).text
    assert "it looks like a person" in page
    assert 'aria-describedby="headed-error"' in page
    assert page.count('name="chosen"') == 2
    assert not ticked(page)
    assert not db.session.scalars(select(ImportMatching)).all()
    client.post(here, {**carried(page), "chosen": ["0", "1"]})
    assert [each.name for each in db.session.scalars(select(Invitation).order_by(Invitation.id))] == ["Nasrin", "Sara"]


def test_no_cell_can_be_read_in_what_is_remembered(client: PageClient, organization: Organization) -> None:
    page = upload(client, organization, "نسرین,تهران\nسارا,قم\n".encode(), "staff.csv")
    sent = {**carried(page), "match": "yes", "headed": "on", "column-0": "person"}
    client.post(address(organization), sent, 200)
    kept = db.session.scalars(select(ImportMatching)).one()
    assert sorted(kept.columns.values()) == ["", "person"]
    assert all(re.fullmatch("[0-9a-f]{64}", text) for text in (kept.headers, *kept.columns))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_table_is_matched_as_a_file_is(client: PageClient, organization: Organization, language: str) -> None:
    here, text = address(organization, language), "Employee\tAddress\tCity\nSara\ts@example.org\tQom\tx\n"
    page = client.post(here, {"text": text, "language": "fa"}, 200).text
    assert '<details class="more" open>' in page
    assert ticked(page)
    sent = {**carried(page), "match": "yes", "headed": "on", "column-0": "person", "column-1": "mail"}
    page = client.post(here, sent, 200).text
    assert page.count('name="chosen"') == 1
    again = client.post(here, {"text": text.replace("Sara", "Omar"), "language": "fa"}, 200).text
    assert '<details class="more">' in again, "the next list with the same headers is matched in the same way"
    assert again.count('name="chosen"') == 1


def test_what_a_preview_shows_is_carried_or_refused_with_a_word(client: PageClient, organization: Organization) -> None:
    here = address(organization)
    for text in ("a\tb\n" * 500, "name\tx\n" + "a\tb\n" * 500):
        page = client.post(here, {"text": text, "language": "en"}, 200).text
        client.post(here, {**carried(page), "chosen": "0"})
    sent = {**carried(page), "match": "yes", "column-0": "person"}
    assert "at most 500 rows" in client.post(here, sent, 422).text, "without headers it has one more"
    for text in ("a\tb\n" * 501, "1\t2\n" * 501, "a" + "\tb" * 50):
        assert "1 to 500" in client.post(here, {"text": text, "language": "en"}, 422).text
    nothing = client.follow(client.post(here, {"rows": "[]", "language": "en"}))
    assert "could not be read once more" in nothing.text


def test_a_row_of_another_organization_gets_no_link(client: PageClient, organization: Organization) -> None:
    make_organization(make_network(), names={"en": "Cedar"})
    data = b"name,organization\nSara,olive  TREE\nOmar,Cedar\nDina,Nowhere\nLina,\n"
    page = upload(client, organization, data, "staff.csv")
    assert page.count("Of another organization: you invite into your own only") == 2, (
        "whether there is such a one or not"
    )
    client.post(address(organization), {**carried(page), "chosen": ["0", "1", "2", "3"]})
    assert [each.name for each in db.session.scalars(select(Invitation).order_by(Invitation.id))] == ["Sara", "Lina"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_that_get_no_link_are_the_same_sheet_with_reasons(
    client: PageClient, organization: Organization, language: str
) -> None:
    make_member(organization, make_person(display_name="Dina"))
    headers = ("No", "name", "mail", "reason")
    data = workbook([["1", "Sara", "wrong@", "old"], ["2", "=Omar", "", ""], ["3", "Dina", "d@x.org", ""]], headers)
    fields = {"file-language": "fa", "file-file": (io.BytesIO(data), "staff.xlsx")}
    here = address(organization, language)
    page = client.post(here, fields, 200, content_type="multipart/form-data").text
    got = client.post(f"{here}/left-out.xlsx", carried(page), 200)
    assert got.headers["Cache-Control"] == "no-store"
    table = read_table(got.data, "left-out.xlsx")
    assert table.headers[:3] == ("No", "name", "mail")
    assert len(table.headers) == 4, "the earlier column of reasons is replaced"
    assert [row[:3] for row in table.rows] == [("1", "Sara", "wrong@"), ("3", "Dina", "d@x.org")]
    said = {"en": "This is not a mail address", "fa": "ایمیل", "ar": "بريد"}[language]
    assert said in table.rows[0][3]
    client.post(f"{here}/left-out.csv", carried(page), 200)
    corrected = workbook([["1", "Sara", "s@x.org", "…"]], headers)
    assert "New: gets a link" in upload(client, organization, corrected, "staff.xlsx")


def test_a_pasted_list_has_its_left_out_rows_too(client: PageClient, organization: Organization) -> None:
    page = client.post(address(organization), {"text": "Sara, wrong@\n=Omar, o@", "language": "en"}, 200).text
    assert "Columns of the sheet" not in page
    table = read_table(client.post(f"{address(organization)}/left-out.csv", carried(page), 200).data, "left-out.csv")
    assert [row[1] for row in table.rows] == ["wrong@", "o@"]
    assert table.headers[-1] == "Reason"


def test_left_out_rows_of_one_line_are_each_their_own(client: PageClient, organization: Organization) -> None:
    text = "Sara <sara@wrong>; Omar <omar@example.org>; Ali <ali@wrong>"
    page = client.post(address(organization), {"text": text, "language": "en"}, 200).text
    table = read_table(client.post(f"{address(organization)}/left-out.csv", carried(page), 200).data, "left-out.csv")
    assert [row[:2] for row in table.rows] == [("Sara", "sara@wrong"), ("Ali", "ali@wrong")]


def test_a_table_that_no_page_can_carry_is_refused(client: PageClient, organization: Organization) -> None:
    data = ("name,about\n" + f"Sara,{'x' * 2500}\n" * 480).encode()
    sent = whole_body({"file-language": "fa"}, data, name="file-file")
    assert "too large" in client.post_body(address(organization), 422, **sent).text
    without_header = ("x@y.org\n" * 501).encode()
    assert "at most 500" in upload(client, organization, without_header, "a.csv", 422), "none is left out silently"


def test_left_out_rows_are_for_the_manager(client: PageClient, organization: Organization) -> None:
    page = client.post(address(organization), {"text": "Sara, wrong@", "language": "en"}, 200).text
    other = make_organization(make_network())
    client.sign_in(grant(make_member(other), Role.MANAGER, organization=other))
    client.post(f"{address(organization)}/left-out.csv", carried(page), 404)
    client.sign_in(make_member(organization))
    client.post(f"{address(organization)}/left-out.xlsx", carried(page), 404)


def held(page: str) -> list[str]:
    """What each column holds, as its select stands."""
    selects = re.findall(r'<select [^>]*name="column-\d+".*?</select>', page, re.DOTALL)
    chosen = [re.search(r'<option value="(\w+)" selected', select) for select in selects]
    return [found[1] if found else "" for found in chosen]


def as_shown(page: str) -> dict[str, str]:
    """All that a browser sends of the columns of a preview, as they stand."""
    return {**carried(page), **{f"column-{index}": field for index, field in enumerate(held(page))}}


def shown_rows(page: str) -> list[list[str]]:
    """The words in each row of the table of people."""
    table = page[page.index("names") :]
    rows = re.findall(r"<tr role=\"row\"><th scope=\"row\".*?</tr>", table, re.DOTALL)
    return [re.findall(r"<bdi[^>]*>(.*?)</bdi>", row) for row in rows]


PHONES = {
    "fa": "سارا احمدی\tsara@example.org\t۰۹۱۳ ۱۲۳ ۴۵۶۷\tاصفهان\nعلی رضایی\tali@example.org\t09139876543\tکاشان\n",
    "ar": "نور العلوي\tnour@example.org\t+973 3312 3456\tالمنامة\nهدى\thuda@example.org\t٠٠٩٧٣٣٣٩٨٧٦٥٤\tالمحرق\n",
    "en": "Sara Ahmadi\tsara@example.org\t0913 123 4567\tQom\nAli Rezaei\tali@example.org\t\tRasht\n",
}
LEFT_OUT = {
    "fa": [
        "ستون ۳ (شمارهٔ تلفن): ۰۹۱۳ ۱۲۳ ۴۵۶۷ · 09139876543",
        "ستون ۴: اصفهان · کاشان",
    ],
    "ar": [
        "العمود 3 (رقم الهاتف): +973 3312 3456 · ٠٠٩٧٣٣٣٩٨٧٦٥٤",
        "العمود 4: المنامة · المحرق",
    ],
    "en": ["Column 3 (Phone number): 0913 123 4567", "Column 4: Qom · Rasht"],
}


def note(page: str) -> list[str]:
    """What is said of each column that is left out."""
    said = re.search(r'<div class="hint" id="left-out">(.*?)</div>', page, re.DOTALL)
    return [re.sub("<.*?>", "", each) for each in re.findall("<li>(.*?)</li>", said[1])] if said else []


@pytest.mark.parametrize("pasted", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_without_headers_says_what_its_columns_hold(
    client: PageClient, organization: Organization, language: str, pasted: bool
) -> None:
    here, text = address(organization, language), PHONES[language]
    fields = {"file-language": "fa", "file-file": (io.BytesIO(text.encode()), "staff.tsv")}
    if pasted:
        page = client.post(here, {"text": text, "language": "fa"}, 200).text
    else:
        page = client.post(here, fields, 200, content_type="multipart/form-data").text
    assert held(page) == ["person", "mail", "phone", ""]
    assert '<details class="more" open>' in page
    assert note(page) == LEFT_OUT[language]
    people = shown_rows(page)
    assert [row[1] for row in people] == [line.split("\t")[1] for line in text.splitlines()]
    again = client.post(here, {**as_shown(page), "match": "yes", "column-3": "family"}, 200).text
    assert [row[1] for row in shown_rows(again)] == [row[1] for row in people], "one select changes one column"
    assert held(again) == ["person", "mail", "phone", "family"]
    assert note(again) == LEFT_OUT[language][:1]
    assert '<details class="more">' in again, "what she chose herself needs no second look"


def test_a_mail_address_that_is_left_out_is_named(client: PageClient, organization: Organization) -> None:
    page = upload(client, organization, b"name,contact,no\nSara,sara@example.org,1\nAli,@ali,2\n", "l.csv")
    assert held(page) == ["person", "", ""]
    assert note(page) == ["contact: sara@example.org · @ali", "no: 1 · 2"]
    page = upload(client, organization, b"name,contact\nSara,sara@example.org\nAli,ali@example.org\n", "l.csv")
    assert held(page) == ["person", "mail"], "what a header does not tell, the cells may"
    long = f"name,about,reason\nSara,{'x' * 60} <b>,wrong\n".encode()
    page = upload(client, organization, long, "l.csv")
    assert note(page) == [f"about: {'x' * 40}…"], "and our own column of reasons is not"
    assert not note(upload(client, organization, b"name,mail\nSara,sara@example.org\n", "l.csv"))


def test_the_columns_stand_open_where_none_is_of_the_names(client: PageClient, organization: Organization) -> None:
    page = upload(client, organization, b"Colleague,mail\nSara,sara@example.org\n", "l.csv")
    assert held(page) == ["", "mail"]
    assert '<details class="more" open>' in page
    for header in ("الاسم الثلاثي", "نام و فامیل", "الاسم واللقب"):
        page = upload(client, organization, f"{header},mail\nسارا احمدی,sara@example.org\n".encode(), "l.csv")
        assert held(page) == ["person", "mail"]
        assert '<details class="more">' in page


def test_rows_that_differ_are_put_into_columns(client: PageClient, organization: Organization) -> None:
    text = "Sara\tsara@example.org\nali@example.org\tAli\t09131234567\nHuda, Arabic\n"
    page = client.post(address(organization), {"text": text, "language": "fa"}, 200).text
    assert held(page) == ["person", "mail", "language", "phone"]
    assert [row[:2] for row in shown_rows(page)] == [["Sara", "sara@example.org"], ["Ali", "ali@example.org"], ["Huda"]]
    assert note(page) == ["Column 4 (Phone number): 09131234567"]
    page = client.post(address(organization), {**as_shown(page), "match": "yes", "column-1": ""}, 200).text
    assert shown_rows(page) == [["Sara"], ["Ali"], ["Huda"]]
    assert "Column 2: sara@example.org · ali@example.org" in note(page)


def test_what_was_not_looked_at_is_not_made(client: PageClient, organization: Organization) -> None:
    here = address(organization)
    page = client.post(here, {"text": PHONES["en"], "language": "en"}, 200).text
    sent = {**as_shown(page), "chosen": ["0", "1"]}
    for other in ({"column-1": ""}, {"column-3": "family"}):
        page = client.post(here, {**sent, **other}, 422).text
        assert "look at the rows once more" in page
        assert held(page) == [{**as_shown(page), **other}[f"column-{index}"] for index in range(4)]
    plain = client.post(here, {"text": "Employee\tTown\nSara\tQom", "language": "en"}, 200).text
    page = client.post(here, {**as_shown(plain), "chosen": "0", "headed": "on"}, 422).text
    assert ticked(page)
    assert not db.session.scalars(select(Invitation)).all()
    client.post(here, sent)
    assert len(db.session.scalars(select(Invitation)).all()) == 2


def test_two_columns_do_not_hold_the_same(client: PageClient, organization: Organization) -> None:
    page = client.post(address(organization), {"text": PHONES["en"], "language": "en"}, 200).text
    page = client.post(address(organization), {**as_shown(page), "match": "yes", "column-3": "person"}, 422).text
    assert "Each column holds something of its own, or is left out." in page
    assert '<details class="more" open>' in page
    text = "Sara\t09131234567\t03132211445\nAli\t09131234568\t03132211446\n"
    page = client.post(address(organization), {"text": text, "language": "en"}, 200).text
    assert held(page) == ["person", "phone", "phone"]
    client.post(address(organization), {**as_shown(page), "match": "yes"}, 200)


@pytest.mark.parametrize(
    "headers", ["نام\tنام خانوادگی\tشمارهٔ تماس", "الاسم الأول\tاسم العائلة\tالجوال", "First name\tSurname\tMobile"]
)
def test_a_family_name_may_stand_in_a_column_of_its_own(
    client: PageClient, organization: Organization, headers: str
) -> None:
    text = f"{headers}\nسارا\tاحمدی\t09131234567\nسارا\tرضایی\t\n"
    page = client.post(address(organization), {"text": text, "language": "en"}, 200).text
    assert held(page) == ["person", "family", "phone"]
    assert [row[0] for row in shown_rows(page)] == ["سارا احمدی", "سارا رضایی"]
    assert [each.partition("(")[2] for each in note(page)] == ["Phone number): 09131234567"]


def test_left_out_rows_of_a_list_without_headers_can_be_brought_again(
    client: PageClient, organization: Organization
) -> None:
    for language in LANGUAGES:
        page = client.post(address(organization, language), {"text": PHONES[language], "language": "fa"}, 200).text
        wrong = {**as_shown(page), "rows": carried(page)["rows"].replace(".org", "")}
        got = client.post(f"{address(organization, language)}/left-out.csv", wrong, 200).data
        assert len(read_table(got, "left-out.csv").rows) == 2
        again = upload(client, organization, got, "corrected.csv")
        assert held(again) == ["person", "mail", "phone", "", ""]
        assert ticked(again)
