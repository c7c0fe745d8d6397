"""Every endpoint that names something, against everybody whom it does not belong to: generated from the address map."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from lms.accounts.models import Person, UserSession
from lms.authoring.drafts.banks import find_bank
from lms.authoring.models import QuestionImport
from lms.certification.assessments.models import Action
from lms.certification.evidence.models import EvidenceFile, EvidenceParty
from lms.certification.models import Credential, Cycle
from lms.certification.services import follow
from lms.clock import now
from lms.db import db, write_unit
from lms.learning.models import LessonReport
from lms.organizations.models import Invitation, InvitedAs, Membership, Network, Organization
from lms.quizzes.models import Attempt, QuestionScoring
from lms.quizzes.policy_models import Accommodation, Regrade
from lms.quizzes.queries import questions_of
from lms.quizzes.upload_models import Upload
from lms.reports.models import ReportView
from lms.reports.schedules.models import ReportRun, ReportSchedule
from lms.security.actor import Role
from lms.storage import current_storage
from lms.text import certificate_code
from lms.training.models import Kit, Module
from tests.api import give_token
from tests.assessments import Team, begin_round, closed_round, handed_in
from tests.certification import make_scheme
from tests.cohorts import make_cohort
from tests.evidence import make_evidence, make_reviewer, submit
from tests.factories import add, grant, make_member, make_network, make_organization, make_person
from tests.grading import essay_quiz, hand_in
from tests.media import keep_picture
from tests.page import PageClient
from tests.quizzes import begin, make_version, quiz_file
from tests.studio import Studio, keep_question, keep_text, make_trainer

#: Addresses that hold no id of anybody's: what a plugin or page names there is open to all who may use it.
OPEN = {"organizations.join_now"}


#: Pages closed to everybody in this world: it has no lesson, no organization's certificate, no plugin's module
#: and nothing published in the studio.
NEED_MORE = {
    "practice.show",
    "practice.report",
    "certification.confirm_revoking",
    "learning.lesson",
    "authoring.ask_discard",
    "authoring.copy_module",
    "authoring.package",
}


#: Pages of the studio that are about a quiz, not a lesson.
OF_QUIZZES = {"import_questions", "read_file", "export_questions", "export_file", "pick_questions", "pick_chosen"}
OF_BANKS = {"question_bank", "change_bank"}


@dataclass
class World:
    """A network with everything in it, and its people by role."""

    network: Network
    organization: Organization
    people: dict[str, Person] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


def make_world(client: PageClient) -> World:
    """One of each thing that an address can name."""
    network = make_network()
    organization = make_organization(network)
    world = World(network, organization)
    world.people = {
        "manager": grant(make_member(organization), Role.MANAGER, organization=organization),
        "learner": make_member(organization),
        "admin": grant(make_person(), Role.NETWORK_ADMIN, network=network),
        "trainer": make_trainer(network),
        "reviewer": make_reviewer(network),
    }
    world.values = {**_belonging(world), **_taught(world), **_certified(world), **_drafted(world, client)}
    world.values |= _grouped(world) | _practised(world) | _assessed(world) | _scheduled(world)
    return world


def _scheduled(world: World) -> dict[str, str]:
    """A report that is made regularly, and one that was made."""
    plan = {"report": "completion", "arguments": {}, "file_format": "csv", "rhythm": "weekly", "weekday": 0}
    ids = {"network_id": world.network.id, "maker_id": world.people["admin"].id}
    schedule: ReportSchedule = add(ReportSchedule(name="هفتگی", since=now().date(), **plan, **ids))
    stored = current_storage().put(BytesIO(b"rows"))
    made = {"finished_at": now(), "file_hash": stored.key, "size": stored.size, "is_kept": True}
    times = {"day": now().date(), "asked_at": now(), "key": f"{schedule.id}:matrix"}
    run: ReportRun = add(ReportRun(schedule_id=schedule.id, file_format="csv", file_name="a.csv", **made, **times))
    return {"schedule": schedule.public_id, "run": run.public_id}


def _belonging(world: World) -> dict[str, str]:
    learner = world.people["learner"]
    membership = db.session.scalars(select(Membership).where(Membership.person_id == learner.id)).one()
    invitation: Invitation = add(
        Invitation(
            code=f"code{world.network.id}",
            organization_id=world.organization.id,
            invited_as=InvitedAs.MEMBER,
            expires_at=now().replace(year=now().year + 1),
        )
    )
    admin = world.people["admin"]
    view: ReportView = add(ReportView(person_id=admin.id, network_id=world.network.id, name="نما"))
    return {
        "view": view.public_id,
        "network": world.network.public_id,
        "organization": world.organization.public_id,
        "membership": membership.public_id,
        "invitation": invitation.public_id,
        "person": world.people["admin"].public_id,
        "token": give_token(world.network, world.people["admin"])[0].public_id,
    }


def _taught(world: World) -> dict[str, str]:
    titles = {"fa": "ماژول", "ar": "وحدة", "en": "Module"}
    module: Module = add(Module(key=f"own-{world.network.id}", titles=titles, network_id=world.network.id))
    keep_picture(module)
    quiz = make_version(quiz_file(), module)
    attempt = begin(quiz, world.people["learner"])
    about = {"module_id": module.id, "version_id": quiz.module_version_id, "lesson_key": "one"}
    report: LessonReport = add(LessonReport(**about, language="fa", text="غلط"))
    answer = hand_in(essay_quiz(world.network), world.people["learner"])
    return {
        "module": module.public_id,
        "quiz": quiz.public_id,
        "attempt": attempt.public_id,
        "report": report.public_id,
        "answer": answer.public_id,
        "upload": _handed_in(attempt).public_id,
        "edition": str(quiz.module_version.number),
        "asked": str(questions_of(attempt)[0].question_version.question.uid),
    }


def _handed_in(attempt: Attempt) -> Upload:
    stored = current_storage().put(BytesIO(b"words"))
    question_id = questions_of(attempt)[0].id
    file = {"digest": stored.key, "name": "a.txt", "media_type": "text/plain", "size": stored.size}
    upload: Upload = add(Upload(attempt_question_id=question_id, **file))
    return upload


def _grouped(world: World) -> dict[str, str]:
    module = db.session.scalars(select(Module).where(Module.public_id == world.values["module"])).one()
    cohort = make_cohort(world.network, world.people["learner"], modules=(module,))
    more = {"module_id": module.id, "extra_attempts": 1}
    whole: Accommodation = add(Accommodation(cohort_id=cohort.id, **more))
    hers: Accommodation = add(Accommodation(person_id=world.people["learner"].id, **more))
    scoring = db.session.scalars(select(QuestionScoring).order_by(QuestionScoring.id.desc())).first()
    assert scoring is not None
    asked = {"question_version_id": scoring.question_version_id, "scoring_id": scoring.id}
    regrade: Regrade = add(Regrade(module_id=module.id, **asked))
    allowances = {"cohort_allowance": whole.public_id, "allowance": hers.public_id}
    return {"cohort": cohort.public_id, "regrade": regrade.public_id, **allowances}


def _certified(world: World) -> dict[str, str]:
    make_scheme(world.network)
    learner = world.people["learner"]
    issued = {"issued_on": now().date(), "network_id": world.network.id}
    kit_id = db.session.scalar(select(Kit.id))
    personal = Credential(code=certificate_code(), person_id=learner.id, kit_id=kit_id, **issued)
    add(personal)
    with write_unit():
        follow(world.organization.id, world.network.id, now())
    cycle = db.session.scalars(select(Cycle).where(Cycle.organization_id == world.organization.id)).first()
    return {"personal": personal.code, "cycle": cycle.public_id if cycle else ""}


def _practised(world: World) -> dict[str, str]:
    manager = world.people["manager"]
    evidence = make_evidence(world.organization, manager)
    stored = current_storage().put(BytesIO(b"minutes"))
    kept = {"digest": stored.key, "name": "a.txt", "media_type": "text/plain", "size": stored.size}
    file: EvidenceFile = add(EvidenceFile(evidence_id=evidence.id, **kept))
    submission = submit(evidence, world.network, manager)
    party: EvidenceParty = add(EvidenceParty(evidence_id=evidence.id, organization_id=world.organization.id))
    ids = {"evidence": evidence.public_id, "evidence_file": file.public_id, "party": party.public_id}
    return {**ids, "submission": submission.public_id, "reviewing": world.people["reviewer"].public_id}


def _assessed(world: World) -> dict[str, str]:
    """A round that takes scores, one with its result and a line of its plan, and that before the network."""
    team = Team(world.network, world.organization, world.people["manager"], world.people["admin"])
    closed = closed_round(team)
    review, scoring = handed_in(team, closed), begin_round(team)
    made = {"created_at": now(), "changed_at": now()}
    action: Action = add(Action(round_id=closed.id, area="vision", text="نشست", **made))
    return {"round": scoring.public_id, "review": review.public_id, "action": action.public_id}


def _drafted(world: World, client: PageClient) -> dict[str, str]:
    client.sign_in(world.people["trainer"])
    studio = Studio(client)
    module = studio.new_module(owner=str(world.network.id))
    lesson = studio.add_part(module, "lesson")
    block = studio.add_item(lesson, "text")
    picture = studio.add_item(lesson, "image")
    quiz = studio.add_part(module, "quiz")
    question = studio.add_item(quiz, "single_choice")
    read = add(QuestionImport(part_id=quiz.id, filename="q.txt", format="gift", items=[]))
    client.post(studio.at("banks/"), {"owner": str(world.network.id)})
    bank = find_bank(world.network.id)
    return {
        "earlier": keep_text(block).public_id,
        "earlier_question": keep_question(question).public_id,
        "bank": bank.public_id if bank else "",
        "key": keep_picture(module).key,
        "picture": picture.public_id,
        "import": read.public_id,
        "quiz_part": quiz.public_id,
        "draft": module.public_id,
        "part": lesson.public_id,
        "block": block.public_id,
        "question": question.public_id,
    }


def values_of(rule: Rule, world: World) -> dict[str, str] | None:
    """What to put into an address so that it names something of this world; None where it cannot."""
    names = {name: value for name, value in _named(rule, world).items() if name in rule.arguments}
    missing = rule.arguments - {"lang"} - names.keys()
    return None if missing or not all(names.values()) else names


def _named(rule: Rule, world: World) -> dict[str, str]:
    room, _dot, page = rule.endpoint.partition(".")
    known = world.values
    common = {
        "lang": "fa",
        "position": "1",
        "number": "1",
        "file_format": "csv",
        "lesson_key": "one",
        "language": "fa",
        "person": known["person"],
        "key": known["key"],
        "variant": "60.webp",
        "block_key": "practice",
        "report_id": known["report"],
        "area": "vision",
        "earlier_id": known["earlier"],
        "dimension": "country",
        "report": "completion",
        "view_id": known["view"],
    }
    if room == "authoring":
        items = {
            "save_text": "block",
            "earlier": "block",
            "restore": "block",
            "files": "picture",
            "change_files": "picture",
        }
        item = known[items.get(page, "question")]
        part = known["quiz_part"] if page in OF_QUIZZES else known["part"]
        module = known["bank"] if page in OF_BANKS else known["draft"]
        ids = {"module_id": module, "part_id": part, "item_id": item, "import_id": known["import"]}
        ids["regrade_id"] = known["regrade"]
        if page.startswith("statistics"):
            ids |= {"module_id": known["module"], "edition": known["edition"], "quiz_key": "final"}
            ids["question_id"] = known["asked"]
        if page == "restore_earlier_question":
            ids["earlier_id"] = known["earlier_question"]
        return {**common, **ids}
    if room == "boards":
        things = (
            ("network", "network"),
            ("organization_invitation", "invitation"),
            ("organization_member", "membership"),
            ("cycle", "cycle"),
        )
        kinds = {"organization_invitations": "organization"}
        loose = ("organization_leave", "organization_hand_over", "organization_manager", "organization_reset_code")
        kind = kinds.get(page) or ("membership" if page.startswith(loose) else "")
        kind = kind or next((thing for start, thing in things if page.startswith(start)), "organization")
        both = {"network": known["network"], "organization": known["organization"], "cohort_id": known["cohort"]}
        given = known["cohort_allowance" if page.startswith("cohort") else "allowance"]
        return {**common, **both, "allowance_id": given, "public_id": known[kind]}
    if room == "accounts" and page == "session_end":
        session = db.session.scalars(
            select(UserSession).where(UserSession.person_id == world.people["trainer"].id)
        ).first()
        return {**common, "public_id": session.public_id if session else ""}
    ids = {"network_id": "network", "organization_id": "organization", "membership_id": "membership"}
    ids |= {"module_id": "module", "quiz_id": "quiz", "attempt_id": "attempt", "code": "personal", "task_id": "answer"}
    ids |= {"upload_id": "upload", "evidence_id": "evidence", "file_id": "evidence_file", "party_id": "party"}
    ids |= {"submission_id": "submission", "token_id": "token"}
    ids |= {"schedule_id": "schedule", "run_id": "run"}
    ids |= {"round_id": "round", "review_id": "review", "action_id": "action"}
    if room in ("imports", "evidence"):
        common |= {"public_id": known["organization"], "person": known["reviewing"]}
    return {**common, **{name: known[kind] for name, kind in ids.items()}}


def guarded(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule and method of an endpoint that needs a permission over a target, and that people sign in to.

    Programs do not: what is the API's stands in test_api_matrix.
    """
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api_v1."):
            continue
        view = app.view_functions[rule.endpoint]
        if getattr(view, "lms_target", None) is not None and rule.endpoint not in OPEN:
            yield from ((rule, method) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def call(client: PageClient, rule: Rule, method: str, values: dict[str, str]) -> int:
    """Ask; gives the status."""
    adapter = client.app.url_map.bind("localhost")
    path = adapter.build(rule.endpoint, {"lang": "fa", **values}, method=method)
    headers = {"X-CSRFToken": client.token()}
    with client.app.app_context():
        answer = client.http.open(path, method=method, headers=headers, json={} if method == "PUT" else None)
        answer.close()
    db.session.rollback()
    return answer.status_code


@pytest.fixture
def world(client: PageClient) -> World:
    return make_world(client)


@pytest.fixture
def stranger(client: PageClient) -> Person:
    """Everything, but elsewhere: admin, manager, trainer and member of another network."""
    network = make_network()
    organization = make_organization(network)
    person = grant(make_member(organization), Role.MANAGER, organization=organization)
    grant(person, Role.NETWORK_ADMIN, network=network)
    return grant(person, Role.TRAINER, network=network)


def test_what_is_anothers_is_not_there(app: Flask, world: World, stranger: Person) -> None:
    client = PageClient(app).sign_in(stranger)
    asked, wrong = 0, []
    for rule, method in guarded(app):
        values = values_of(rule, world)
        if values is None:
            continue
        asked += 1
        status = call(client, rule, method, values)
        if status != 404:
            wrong.append(f"{method} {rule.rule} answered {status}")
    assert not wrong, wrong
    assert asked > 80, "the matrix names what it asks"


def test_a_stranger_to_all_is_asked_to_sign_in(app: Flask, world: World) -> None:
    client = PageClient(app)
    wrong = []
    for rule, method in guarded(app):
        values = values_of(rule, world)
        if values is None:
            continue
        status = call(client, rule, method, values)
        if status != (303 if method == "GET" else 401):
            wrong.append(f"{method} {rule.rule} answered {status}")
    assert not wrong, wrong


def test_each_page_opens_for_somebody(app: Flask, world: World) -> None:
    """The matrix is no proof where its addresses name nothing: each page answers its rightful reader."""
    clients = {name: PageClient(app).sign_in(person) for name, person in world.people.items()}
    closed = []
    for rule, method in guarded(app):
        values = values_of(rule, world)
        if values is None or method != "GET":
            continue
        answers = {name: call(client, rule, method, values) for name, client in clients.items()}
        if not any(status < 400 for status in answers.values()):
            closed.append(rule.endpoint)
    assert set(closed) == NEED_MORE, answers


def test_only_what_is_permitted_without_a_target(app: Flask, world: World) -> None:
    """A learner opens no page that needs a role."""
    client = PageClient(app).sign_in(world.people["learner"])
    roles = {"network:create", "training:author", "site:operate", "report:open", "grading:open", "review:open"}
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "lms_permission", None)
        if permission is None or str(permission) not in roles or rule.arguments - {"lang"}:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            assert call(client, rule, method, {}) == 403, rule.rule


def test_writing_needs_the_forms_seal(app: Flask, world: World) -> None:
    """No form is taken without its token against forgery."""
    client = PageClient(app).sign_in(world.people["manager"])
    adapter = app.url_map.bind("localhost")
    for rule, method in guarded(app):
        values = values_of(rule, world)
        if values is None or method == "GET":
            continue
        path = adapter.build(rule.endpoint, {"lang": "fa", **values}, method=method)
        with app.app_context():
            status = client.http.open(path, method=method).status_code
        assert status == 400, f"{method} {rule.rule} answered {status}"
