"""`lms import people`: a sheet from the console."""

import json
from typing import Any

from sqlalchemy import select

from lms.accounts.models import Person
from lms.organizations.models import Membership
from tests.certification import make_module
from tests.cli.filling import app_on
from tests.cli.processes import Installation
from tests.factories import make_member, make_network, make_organization, make_person
from tests.sheets import csv_of

HEADERS = ("سازمان", "نام و نام خانوادگی", "ماژول", "تاریخ")


def test_a_sheet_is_looked_at_then_imported(installation: Installation) -> None:
    with app_on(installation.url, installation.data):
        network = make_network()
        make_module(titles={"fa": "یک"})
        there = make_organization(network, names={"fa": "کویر"}, shares_names=True)
        make_member(there, make_person(display_name="علی"))
        network_id = network.public_id
    sheet = installation.data / "افراد.csv"
    sheet.write_bytes(
        csv_of(HEADERS, ("مهر", "مریم", "یک", "1403/1/1"), ("مهر", "علی", "", ""), ("مهر", "رضا", "یک", "1403/13/1"))
    )
    which = ("import", "people", str(sheet), "--network", network_id)
    looked = _json(installation.lms(*which, "--dry-run", "--json"))
    assert looked["fates"] == {"wrong": 1, "doubtful": 1, "changed": 0, "new": 1, "known": 0}
    assert [(row["row"], row["fate"]) for row in looked["left_out"]] == [(4, "wrong"), (3, "doubtful")]
    assert looked["left_out"][0]["reason"] == "تاریخ: There is no such date."
    told = installation.lms(*which, "--doubtful-are-new")
    assert "row 4, wrong: تاریخ: There is no such date." in told
    assert "1 wrong, 0 doubtful, 0 changed, 2 new, 0 known" in told
    assert "Made: 1 organizations, 2 people, 2 memberships, 1 completions" in told
    with app_on(installation.url, installation.data):
        from lms.db import db

        assert len(db.session.scalars(select(Membership)).all()) == 3
        assert len(db.session.scalars(select(Person).where(Person.display_name == "علی")).all()) == 2
    only = _json(installation.lms(*which, "--kind", "completions", "--dry-run", "--json"))
    assert only["fates"] == {"wrong": 1, "doubtful": 0, "changed": 0, "new": 0, "known": 2}


def _json(printed: str) -> Any:
    """What stands behind the lines of the log."""
    return json.loads(printed[printed.index("{\n") :])


def test_what_cannot_be_is_named(upgraded: Installation) -> None:
    sheet = upgraded.data / "x.csv"
    sheet.write_bytes(csv_of(("a",), ("b",)))
    told = upgraded.process("import", "people", str(sheet), "--network", "none", status=1)
    assert "There is no network with the id none." in told
