"""More time, more attempts, a later last day: given by trainers and managers, with a date, a giver and a reason."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.services import erase_person
from lms.clock import now
from lms.cohorts.models import Cohort
from lms.db import db, write_unit
from lms.organizations.models import Membership, Network, Organization
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.policy_models import Accommodation
from lms.security.actor import Role
from lms.training.models import Module
from tests.cohorts import make_cohort
from tests.factories import add, grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.quizzes import begin, make_version, quiz_file
from tests.studio import make_trainer

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def quiz(network: Network) -> QuizVersion:
    module = add(Module(key=f"timed-{network.id}", titles={"fa": "ماژول", "en": "Timed"}, network_id=network.id))
    stored: QuizVersion = make_version(quiz_file(time_limit=30, attempts=1), module)
    return stored


@pytest.fixture
def organization(network: Network) -> Organization:
    return make_organization(network, shares_names=True)


@pytest.fixture
def learner(organization: Organization) -> Person:
    return make_member(organization, make_person(display_name="نرگس"))


@pytest.fixture
def cohort(network: Network, learner: Person, quiz: QuizVersion) -> Cohort:
    return make_cohort(network, learner, modules=(quiz.module_version.module,))


def given() -> list[Accommodation]:
    db.session.rollback()
    return list(db.session.scalars(select(Accommodation).order_by(Accommodation.id)))


def minutes_of(attempt: Attempt) -> float:
    db.session.rollback()
    db.session.refresh(attempt)
    assert attempt.deadline is not None
    return (attempt.deadline - attempt.occurred_at) / timedelta(minutes=1)


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_a_trainer_allows_a_cohort_more(
    client: PageClient, network: Network, cohort: Cohort, quiz: QuizVersion, learner: Person, language: str
) -> None:
    trainer = make_trainer(network)
    client.sign_in(trainer)
    attempt = begin(quiz, learner)
    address = f"/{language}/cohorts/{cohort.public_id}/allowances"
    client.get(address)
    sent = {
        "subject": "cohort",
        "quiz": f"{quiz.module_version.module_id}/",
        "extra_minutes": "۱۵",
        "reason": "برق رفت",
    }
    page = client.follow(client.post(address, sent)).text
    assert "برق رفت" in page
    assert trainer.display_name in page
    (one,) = given()
    assert (one.cohort_id, one.extra_minutes, one.created_by_id) == (cohort.id, 15, trainer.id)
    assert minutes_of(attempt) == 45, "the attempt under way has more time"
    client.post(f"{address}/{one.public_id}/end", {})
    assert given()[0].ended_by_id == trainer.id
    assert minutes_of(attempt) == 45, "and keeps it"


def test_one_of_the_cohort_is_allowed_more_than_the_others(
    client: PageClient, network: Network, cohort: Cohort, quiz: QuizVersion, learner: Person
) -> None:
    client.sign_in(make_trainer(network))
    other = begin(quiz, make_person())
    address = f"/en/cohorts/{cohort.public_id}/allowances"
    which = f"{quiz.module_version.module_id}/final"
    sent = {"subject": learner.public_id, "quiz": which, "extra_attempts": "2", "reason": "ill"}
    assert "نرگس" in client.follow(client.post(address, sent)).text
    assert (given()[0].person_id, given()[0].quiz_key) == (learner.id, "final")
    assert minutes_of(other) == 30


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": " "},
        {"extra_minutes": ""},
        {"extra_minutes": "-1"},
        {"subject": "nobody"},
        {"quiz": "1/none"},
    ],
)
def test_nothing_is_given_without_what_to_whom_and_why(
    client: PageClient, network: Network, cohort: Cohort, quiz: QuizVersion, wrong: dict[str, str]
) -> None:
    client.sign_in(make_trainer(network))
    right: dict[str, Any] = {"subject": "cohort", "quiz": f"{quiz.module_version.module_id}/", "extra_minutes": "5"}
    client.post(f"/en/cohorts/{cohort.public_id}/allowances", {**right, "reason": "why", **wrong}, 422)
    assert given() == []


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_a_manager_allows_a_member_more(
    client: PageClient, organization: Organization, quiz: QuizVersion, learner: Person, language: str
) -> None:
    client.sign_in(grant(make_member(organization), Role.MANAGER, organization=organization))
    attempt = begin(quiz, learner)
    membership = db.session.scalars(select(Membership).where(Membership.person_id == learner.id)).one()
    client.get(f"/{language}/members/{membership.public_id}")
    address = f"/{language}/members/{membership.public_id}/allowances"
    client.get(address)
    which = f"{quiz.module_version.module_id}/final"
    sent = {"subject": learner.public_id, "quiz": which, "extra_minutes": "10", "reason": "screen reader"}
    assert "screen reader" in client.follow(client.post(address, sent)).text
    assert minutes_of(attempt) == 40
    client.post(address, {**sent, "reason": ""}, 422)
    client.post(f"{address}/{given()[0].public_id}/end", {})
    assert given()[0].ended_at is not None


def test_a_manager_sees_nothing_of_another_networks_modules(
    client: PageClient, organization: Organization, learner: Person
) -> None:
    elsewhere = make_network()
    make_member(make_organization(elsewhere), learner)
    module = add(Module(key=f"else-{elsewhere.id}", titles={"en": "Elsewhere"}, network_id=elsewhere.id))
    make_version(quiz_file(), module)
    other = add(Accommodation(module_id=module.id, person_id=learner.id, extra_attempts=1, reason="of others"))
    client.sign_in(grant(make_member(organization), Role.MANAGER, organization=organization))
    membership = db.session.scalars(
        select(Membership).where(Membership.person_id == learner.id, Membership.organization_id == organization.id)
    ).one()
    address = f"/en/members/{membership.public_id}/allowances"
    page = client.get(address).text
    assert "Elsewhere" not in page
    assert "of others" not in page
    client.post(f"{address}/{other.public_id}/end", {}, 404)


def test_the_reason_is_emptied_with_the_person(quiz: QuizVersion, learner: Person) -> None:
    module_id = quiz.module_version.module_id
    add(Accommodation(module_id=module_id, person_id=learner.id, extra_attempts=1, reason="about her"))
    with write_unit():
        erase_person(db.session.get_one(Person, learner.id), now())
    assert [one.reason for one in given()] == [""]
