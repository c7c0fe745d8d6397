"""Columns of the completion report, and views of it that people save."""

import csv
import io
import json

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.privacy import erase_parts, exported
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import NotAllowed
from lms.organizations.models import Network
from lms.reports.models import ReportView
from lms.reports.services import MOST_VIEWS, save_view
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import add, make_member, make_network, make_organization
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import make_admin


def address(network: Network, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/completion{end}"


def all_views() -> list[ReportView]:
    return list(db.session.scalars(select(ReportView).order_by(ReportView.id)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_chosen_columns_are_those_of_page_and_files(client: PageClient, language: str) -> None:
    network = make_network()
    module, other = (make_module(titles=dict.fromkeys(LANGUAGES, name)) for name in ("یکم", "دوم"))
    organization = make_organization(network, country="IR", sector="health", city={"fa": "یزد"})
    complete(make_member(organization), module)
    client.sign_in(make_admin(network))
    end = f"?columns=country&columns=sector&columns={module.public_id}&sort=-name"
    page = client.get(address(network, end, language)).text
    table = page[page.index('<table class="heat">') : page.index("</table>")]
    country = {"fa": "ایران", "ar": "إيران", "en": "Iran"}[language]
    assert country in table
    assert "یزد" not in table
    assert "یکم" in table
    assert "دوم" not in table
    assert f"columns=country,sector,{module.public_id}".replace(",", "%2C") in page or (
        f"columns=country,sector,{module.public_id}" in page
    )
    data = client.get(address(network, f"/csv{end}", language)).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    assert len(rows[0]) == 5
    assert rows[1][1] == country
    assert rows[1][3:] == ["1", "1.0"]
    found = json.loads(client.get(address(network, "/json?columns=people", language)).data)
    assert list(found["rows"][0])[:2] == ["organization", "people"]
    assert f"{other.public_id}_completed" in found["totals"]


def test_columns_never_change_what_progress_is(client: PageClient) -> None:
    network, module = make_network(), make_module(titles={"fa": "یکم"})
    make_module()
    complete(make_member(make_organization(network, names={"fa": "کانون نیمه‌راه"})), module)
    client.sign_in(make_admin(network))
    assert "کانون نیمه‌راه" not in client.get(address(network, f"?progress=completed&columns={module.public_id}")).text
    assert "کانون نیمه‌راه" in client.get(address(network, f"?progress=started&columns={module.public_id}")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_is_saved_opened_renamed_and_deleted(client: PageClient, language: str) -> None:
    network = make_network()
    make_organization(network, country="BH")
    client.sign_in(make_admin(network))
    views = f"/{language}/networks/{network.public_id}/reports/views"
    sent = {"name": "  بحرین ", "arguments": "country=BH&nonsense=1&show=numbers&columns=people,city"}
    saved = client.post(views, sent, 303)
    assert saved.headers["Location"] == address(network, "?country=BH&columns=city%2Cpeople&show=numbers", language)
    page = client.follow(saved)
    assert 'href="' + address(network, "?country=BH&amp;columns=city%2Cpeople&amp;show=numbers", language) in page.text
    client.post(views, {"name": "بحرین", "arguments": "q=x"}, 303)
    view = all_views()
    assert [(each.name, each.arguments) for each in view] == [("بحرین", "q=x")]
    client.post(views, {"name": "همه", "arguments": ""}, 303)
    base = f"/{language}/reports/views/{view[0].public_id}"
    page = client.post(f"{base}/rename", {"name": "همه"}, 422)
    assert 'value="همه"' in page.text
    client.post(f"{base}/rename", {"name": ""}, 422)
    client.post(f"{base}/rename", {"name": "نو"}, 303)
    assert "نو" in client.get(views).text
    client.post(f"{base}/delete", {}, 303)
    db.session.expire_all()
    assert [each.name for each in all_views()] == ["همه"]


def test_views_are_ones_own(client: PageClient) -> None:
    network, other = make_network(), make_network()
    one, two = make_admin(network), make_admin(network)
    view: ReportView = add(ReportView(person_id=one.id, network_id=network.id, name="نمای من", arguments=""))
    client.sign_in(two)
    assert "نمای من" not in client.get(address(network)).text
    assert "نمای من" not in client.get(f"/fa/networks/{network.public_id}/reports/views").text
    for deed in ("rename", "delete"):
        client.post(f"/fa/reports/views/{view.public_id}/{deed}", {"name": "x"}, 404)
    client.post(f"/fa/networks/{other.public_id}/reports/views", {"name": "x", "arguments": ""}, 404)
    client.post(f"/fa/networks/{network.public_id}/reports/views", {"name": "x", "arguments": "country=XX"}, 404)
    client.post(f"/fa/networks/{network.public_id}/reports/views", {"name": "", "arguments": ""}, 303)
    assert len(all_views()) == 1


def test_there_is_an_end_to_views(app: Flask) -> None:
    network = make_network()
    admin = make_admin(network)
    with write_unit():
        for number in range(MOST_VIEWS):
            save_view(network, f"نما {number}", "", actor_id=admin.id, now=now())
        save_view(network, "نما 0", "q=x", actor_id=admin.id, now=now())
        with pytest.raises(NotAllowed):
            save_view(network, "یکی دیگر", "", actor_id=admin.id, now=now())


def test_views_are_downloaded_and_erased_with_the_person(app: Flask) -> None:
    network = make_network(names={"fa": "شبکهٔ ما"})
    admin = make_admin(network)
    add(ReportView(person_id=admin.id, network_id=network.id, name="نما", arguments="country=BH"))
    with app.test_request_context("/fa/"):
        found = exported(admin)["report_views"]
    assert [(row["name"], row["network"], row["arguments"]) for row in found] == [("نما", "شبکهٔ ما", "country=BH")]
    with write_unit():
        erase_parts(admin, now())
    assert not all_views()


def test_saved_views_cost_no_statement(client: PageClient) -> None:
    network = make_network()
    make_organization(network)
    admin = make_admin(network)
    client.sign_in(admin)
    page, known = address(network), {"person_id": admin.id, "network_id": network.id}
    counts = []
    for number in range(3):
        db.session.remove()
        with counted_statements() as seen:
            client.get(page)
        counts.append(len(seen))
        add(ReportView(**known, name=f"نما {number}", arguments=""))
    assert counts[0] == counts[1] == counts[2]
