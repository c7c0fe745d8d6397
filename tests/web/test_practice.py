"""Exercises and reports: notes of one's own, the sheet of an organization, errors that reach the trainer."""

import pytest

from lms.accounts.models import Person
from lms.accounts.privacy import exports
from lms.clock import now
from lms.db import db, write_unit
from lms.learning.exercises import MOST_REPORTS
from lms.learning.models import ExerciseNote, ExerciseSheet, LessonReport, SheetVersion
from lms.learning.privacy import forget_writer
from lms.organizations.models import Organization
from lms.security.actor import Role
from lms.training.models import Module, VersionKind
from lms.training.publishing import publish, render_tree
from tests.content import LANGUAGES, make_lesson, make_tree
from tests.factories import add, grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sent_forms import form_in
from tests.studio import Studio, make_trainer


@pytest.fixture
def organization(client: PageClient) -> Organization:
    return make_organization(make_network())


@pytest.fixture
def lesson(client: PageClient) -> str:
    """The address of a published lesson with an exercise."""
    tree = make_tree()
    part = make_lesson("origin", [{"id": "opening", "kind": "text"}, {"id": "practice", "kind": "exercise"}])
    part["texts"] = {code: {"opening": "متن", "practice": "تمرین گروه\nبا هم بنویسید."} for code in LANGUAGES}
    tree.lessons["origin"] = part
    module: Module = add(Module(key="sample", titles=tree.manifest["title"]))
    rendered = render_tree(tree)
    with write_unit():
        publish(module, tree, kind=VersionKind.EDITION, note="", actor_id=None, now=now(), rendered=rendered)
    return f"/en/m/{module.public_id}/origin/"


def exercise(lesson: str) -> str:
    return f"{lesson}exercises/practice"


def sheet(lesson: str, organization: Organization) -> str:
    return f"{exercise(lesson)}/sheets/{organization.public_id}"


def test_the_lesson_leads_to_the_exercise(client: PageClient, lesson: str) -> None:
    client.sign_in(make_person())
    page = client.get(lesson).text
    assert exercise(lesson) in page
    assert f"{lesson}report-error" in page
    client.get(f"{lesson}exercises/opening", 404)
    client.get(f"{lesson}exercises/nothing", 404)


def test_notes_are_read_by_their_writer_alone(client: PageClient, lesson: str, organization: Organization) -> None:
    writer, other = make_member(organization), make_member(organization)
    client.sign_in(writer).post(exercise(lesson), {"text": "یادداشت من"})
    assert "یادداشت من" in client.get(exercise(lesson)).text
    assert "یادداشت من" not in client.sign_in(other).get(exercise(lesson)).text
    client.sign_in(writer).post(exercise(lesson), {"text": " "})
    assert db.session.query(ExerciseNote).count() == 0
    client.post(exercise(lesson), {"text": "x" * 20_001}, 422)


def test_an_organization_has_one_sheet_with_its_last_editor(
    client: PageClient, lesson: str, organization: Organization
) -> None:
    first, second = make_member(organization), make_member(organization)
    client.sign_in(first).post(sheet(lesson, organization), {"text": "نوشتهٔ نخست", "revision": "0"})
    client.sign_in(second)
    page = client.get(exercise(lesson)).text
    assert "نوشتهٔ نخست" in page
    assert first.display_name in page
    fields = form_in(page, f"sheets/{organization.public_id}")
    client.post(sheet(lesson, organization), {**fields, "text": "نوشتهٔ دوم"})
    page = client.get(exercise(lesson)).text
    assert second.display_name in page
    assert "1 earlier version" in page
    assert [row.text for row in db.session.query(SheetVersion).order_by(SheetVersion.revision)] == [
        "نوشتهٔ نخست",
        "نوشتهٔ دوم",
    ]


def test_two_who_save_at_once_lose_nothing(client: PageClient, lesson: str, organization: Organization) -> None:
    first, second = make_member(organization), make_member(organization)
    client.sign_in(first).post(sheet(lesson, organization), {"text": "از اول", "revision": "0"})
    page = client.sign_in(second).post(sheet(lesson, organization), {"text": "از دوم", "revision": "0"}, 409).text
    assert "از اول" in page
    assert "از دوم" in page
    fields = form_in(page, f"sheets/{organization.public_id}")
    assert fields["revision"] == "1"
    client.post(sheet(lesson, organization), {**fields, "text": "از هر دو"})
    assert db.session.query(ExerciseSheet).one().revision == 2


def test_a_sheet_is_for_confirmed_members(client: PageClient, lesson: str, organization: Organization) -> None:
    client.sign_in(make_member(organization)).post(sheet(lesson, organization), {"text": "ما", "revision": "0"})
    client.sign_in(make_person()).post(sheet(lesson, organization), {"text": "من", "revision": "1"}, 404)
    assert "shared sheet stands here" in client.get(exercise(lesson)).text


def test_a_report_reaches_the_trainers_without_a_name(client: PageClient, lesson: str) -> None:
    learner = make_person()
    client.sign_in(learner).post(f"{lesson}report-error", {"block": "practice", "text": "اینجا غلط است"})
    client.post(f"{lesson}report-error", {"block": "", "text": ""}, 422)
    client.post(f"{lesson}report-error", {"block": "gone", "text": "x"}, 422)
    client.get("/en/studio/reports", 403)
    client.sign_in(make_trainer(make_network()))
    assert "اینجا غلط است" not in client.get("/en/studio/reports").text
    report = db.session.query(LessonReport).one()
    client.post(f"/en/studio/reports/{report.public_id}", {"do": "mended"}, 404)
    page = client.sign_in(make_trainer()).get("/en/studio/reports").text
    assert "اینجا غلط است" in page
    assert learner.display_name not in page
    client.post(f"/en/studio/reports/{report.public_id}", {"do": "lost"}, 400)
    client.post(f"/en/studio/reports/{report.public_id}", {"do": "mended"})
    assert "اینجا غلط است" not in client.get("/en/studio/reports").text
    assert "اینجا غلط است" in client.get("/en/studio/reports?state=mended").text


def test_a_report_leads_to_the_block_that_it_is_about(client: PageClient) -> None:
    studio = Studio(client.sign_in(make_trainer()), "en")
    module = studio.new_module()
    part = studio.write_lesson(module, {"fa": "درس"}, {"fa": "متن"})
    with write_unit() as session:
        tree = make_tree()
        version = publish(module, tree, kind=VersionKind.EDITION, note="", actor_id=None, now=now())
        session.add(
            LessonReport(
                module_id=module.id, version_id=version.id, lesson_key=part.key, language="fa", text="x", person_id=None
            )
        )
    assert studio.address(part) in client.get(studio.at("reports")).text


def test_the_list_asks_no_more_the_longer_it_is(client: PageClient, lesson: str) -> None:
    client.sign_in(make_person()).post(f"{lesson}report-error", {"block": "", "text": "یک"})
    trainer = make_trainer()
    client.sign_in(trainer)
    client.get("/en/studio/reports")
    with counted_statements() as few:
        client.get("/en/studio/reports")
    client.sign_in(make_person())
    for number in range(3):
        client.post(f"{lesson}report-error", {"block": "practice", "text": str(number)})
    client.sign_in(trainer)
    with counted_statements() as many:
        client.get("/en/studio/reports")
    assert len(many) == len(few)


def test_nobody_reports_without_end(client: PageClient, lesson: str) -> None:
    client.sign_in(make_person())
    for number in range(MOST_REPORTS):
        client.post(f"{lesson}report-error", {"block": "", "text": str(number)})
    assert "reported much today" in client.post(f"{lesson}report-error", {"block": "", "text": "more"}, 422).text


def test_what_she_wrote_is_hers_to_take_and_goes_with_her(client: PageClient, lesson: str) -> None:
    writer: Person = make_person()
    client.sign_in(writer).post(exercise(lesson), {"text": "یادداشت"})
    client.post(f"{lesson}report-error", {"block": "", "text": "گزارش"})
    found = next(one for one in exports() if one.name == "writing").exporter(writer)
    assert [row["text"] for row in found["notes"]] == ["یادداشت"]
    assert [row["text"] for row in found["reports"]] == ["گزارش"]
    with write_unit():
        forget_writer(writer, now())
    assert db.session.query(ExerciseNote).count() == 0
    assert db.session.query(LessonReport).one().person_id is None


def test_a_manager_makes_evidence_of_the_sheet(client: PageClient, lesson: str, organization: Organization) -> None:
    made = f"{sheet(lesson, organization)}/evidence"
    manager = grant(make_member(organization), Role.MANAGER, organization=organization)
    client.sign_in(manager).post(made, status=404)
    client.post(sheet(lesson, organization), {"text": "برنامهٔ کار ما", "revision": "0"})
    assert made in client.get(exercise(lesson)).text
    draft = client.post(made).headers["Location"]
    assert "برنامهٔ کار ما" in client.get(draft).text
    client.sign_in(make_member(organization)).post(made, status=404)
    assert made not in client.get(exercise(lesson)).text
