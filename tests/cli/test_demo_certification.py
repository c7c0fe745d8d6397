"""The demonstration shows organizations on every part of the way."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from lms.certification.assessments.models import Action, Round, Score
from lms.certification.evidence.models import PartyAnswer, Submission
from lms.certification.models import Cycle, CycleState
from lms.certification.queries import standing
from lms.certification.queries.standing import Standing
from lms.checks import checks
from lms.clock import now, today
from lms.db import db
from lms.demo import load_demo
from lms.organizations.models import Membership, Network, Organization, Post


def stands(name: str) -> Standing:
    """Where the organization of that name is."""
    organization = next(each for each in db.session.scalars(select(Organization)) if each.names["en"] == name)
    found = standing(organization, db.session.scalars(select(Network)).one(), today())
    assert found is not None
    return found


def test_organizations_stand_on_every_part_of_the_way(app: Flask) -> None:
    load_demo(random_passwords=True)
    kavir, zagros, nakhil = map(
        stands, ("Mehr-e Kavir Institute", "Zagros Companions' Association", "Nakheel Empowerment Society")
    )
    assert [len(each.levels) for each in (kavir, zagros, nakhil)] == [4, 4, 4]

    assert kavir.highest
    assert kavir.highest.rule.names["en"] == "Aware"
    assert kavir.current
    assert kavir.current.rule.names["en"] == "Ready"
    assert (kavir.current.met, len(kavir.current.requirements)) == (2, 3), "the coordinator has a module to complete"
    coordinators = select(Membership).where(Membership.post == Post.COORDINATOR)
    assert db.session.scalars(coordinators).one().organization_id == kavir.organization.id
    closed = db.session.scalars(select(Round).where(Round.organization_id == kavir.organization.id)).one()
    scorers = set(db.session.scalars(select(Score.person_id).where(Score.round_id == closed.id)))
    assert closed.total
    assert len(scorers) > 2
    assert len(db.session.scalars(select(Action).where(Action.round_id == closed.id)).all()) > 1

    assert zagros.highest
    assert zagros.highest.rule.names["en"] == "Ready"
    assert zagros.highest.cycle
    opens = zagros.highest.cycle.window_opens_on
    assert opens
    assert today() < opens < today() + timedelta(days=60), "its renewal opens soon"
    waiting = db.session.scalars(select(Cycle).where(Cycle.state == CycleState.SUBMITTED)).one()
    assert waiting.organization_id == zagros.organization.id
    assert not zagros.at_risk

    assert [each.rule.names["en"] for each in nakhil.at_risk] == ["Aware"]


def test_its_evidence_is_accepted_shared_returned_and_waits(app: Flask) -> None:
    load_demo(random_passwords=True)
    states = sorted(db.session.scalars(select(Submission.state)))
    assert states == ["accepted", "accepted", "accepted", "returned", "submitted"]
    assert db.session.scalars(select(PartyAnswer.confirmed)).all() == [True]
    assert all(each <= now() for each in db.session.scalars(select(Submission.submitted_at)))
    assert list(checks()["standings"]()) == []
