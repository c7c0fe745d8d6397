"""The main pages of the four accounts of a sized demonstration (`lms demo --size`), by the account's sign-in name."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.db import db
from lms.organizations.models import Membership, Network, Organization
from lms.progress.models import Enrolment
from lms.quizzes.models import QuizVersion
from lms.training.models import Module


@dataclass(frozen=True)
class Page:
    """A page by the account that opens it and a short name."""

    account: str
    name: str
    path: str


def account(name: str) -> Person:
    """One of the four."""
    return db.session.scalars(select(Person).where(Person.sign_in_name == name)).one()


def largest_organization() -> Organization:
    """The one with the most memberships: the manager's and the learner's."""
    query = select(Membership.organization_id).group_by(Membership.organization_id)
    return db.session.get_one(Organization, db.session.scalar(query.order_by(func.count().desc()).limit(1)))


def main_pages(language: str = "fa") -> list[Page]:
    """Each page that a role comes for; those of the manager and the admin show the largest organization."""
    return [
        Page(name, title, f"/{language}{path}")
        for name, pages in (
            ("learner", _learner()),
            ("manager", _manager()),
            ("trainer", _trainer()),
            ("admin", _admin()),
        )
        for title, path in pages
    ]


def _learner() -> Iterator[tuple[str, str]]:
    """Her own, and the module that she is in."""
    query = select(Enrolment).where(Enrolment.person_id == account("learner").id).order_by(Enrolment.id.desc())
    enrolment = db.session.scalars(query.limit(1)).one()
    quiz = db.session.scalars(select(QuizVersion).order_by(QuizVersion.id).limit(1)).one()
    module = f"/m/{enrolment.module.public_id}/"
    yield "home", "/"
    yield "module", module
    lesson = next(item["lesson"] for item in enrolment.version.manifest["sequence"] if "lesson" in item)
    yield "lesson", f"{module}{lesson}/"
    yield "quiz", f"/quizzes/{quiz.public_id}/"
    yield "certificates", "/certificates"


def _manager() -> Iterator[tuple[str, str]]:
    place = f"/organizations/{largest_organization().public_id}"
    yield "board", place
    yield "people", f"{place}/people"
    yield "invitations", f"{place}/invitations"
    yield "evidence", f"{place}/evidence"


def _trainer() -> Iterator[tuple[str, str]]:
    module = db.session.scalars(select(Module).where(Module.bank.is_(False)).order_by(Module.id).limit(1)).one()
    yield "studio", "/studio/"
    yield "statistics", f"/studio/m/{module.public_id}/statistics/"
    yield "grading", "/grading/"
    yield "cohorts", "/cohorts/"


def _admin() -> Iterator[tuple[str, str]]:
    network = f"/networks/{db.session.scalars(select(Network.public_id)).one()}"
    largest = largest_organization().public_id
    yield "network", network
    yield "certification", f"{network}/certification"
    yield "decisions", f"{network}/decisions"
    yield "report", f"{network}/reports/completion"
    yield "time to complete", f"{network}/reports/time-to-complete"
    yield "expiries", f"{network}/reports/expiries"
    yield "people of one", f"{network}/reports/organizations/{largest}"
