"""`lms report`: the reports as files, from the console."""

import csv
import json

from tests.certification import complete, make_module
from tests.cli.filling import app_on
from tests.cli.processes import Installation
from tests.factories import make_member, make_network, make_organization


def test_the_report_is_written_with_its_filters(installation: Installation) -> None:
    with app_on(installation.url, installation.data):
        network, module = make_network(), make_module(titles={"fa": "ذی‌نفعان", "en": "Stakeholders"})
        organization = make_organization(network, names={"en": "Yari"}, country="IR")
        make_organization(network, country="BH")
        complete(make_member(organization), module)
        network_id, module_id = network.public_id, module.public_id
    out = installation.data / "report.csv"
    which = ("report", "completion", "--network", network_id, "--module", module_id, "--country", "ir")
    told = installation.lms(*which, "--language", "en", "--out", str(out))
    assert "1 of 1 rows" in told
    table = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert table[0][-2:] == ["Stakeholders: completed", "Stakeholders: share"]
    assert table[1][0] == "Yari"
    assert table[1][-2:] == ["1", "1.0"]
    out = installation.data / "report.json"
    installation.lms(*which, "--format", "json", "--out", str(out))
    assert json.loads(out.read_text("utf-8"))["rows_written"] == 1
    assert not list(installation.data.glob("*.part"))
    assert f"{out}: 1 of 1 rows" in installation.lms(*which, "--edition", "1", "--fewer", "2", "--out", str(out))
    assert "0 of 0 rows" in installation.lms(*which, "--sector", "health", "--out", str(out))
    assert "has no edition with the number 9" in installation.lms(*which, "--edition", "9", "--out", "x", status=1)
    assert "has no cohort with the id none" in installation.lms(*which, "--cohort", "none", "--out", "x", status=1)
    told = installation.lms("report", "completion", "--network", network_id, "--fewer", "2", "--out", "x", status=2)
    assert "name it by --module" in told


def test_the_people_of_a_network_are_written(installation: Installation) -> None:
    with app_on(installation.url, installation.data):
        network, module = make_network(), make_module(titles={"en": "Stakeholders"})
        complete(make_member(make_organization(network, names={"en": "Yari"})), module)
        network_id, module_id = network.public_id, module.public_id
    out = installation.data / "people.csv"
    which = ("report", "people", "--network", network_id, "--language", "en", "--out", str(out))
    assert "1 of 1 rows" in installation.lms(*which, "--module", module_id)
    table = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert table[1] == ["Yari", "Learner 1", "Stakeholders", "Completed", "", "", "", ""]
    assert "no module with the id none" in installation.lms(*which, "--module", "none", status=1)


def test_an_unknown_network_is_named(upgraded: Installation) -> None:
    told = upgraded.process("report", "completion", "--network", "none", "--out", "x.csv", status=1)
    assert "There is no network with the id none." in told
