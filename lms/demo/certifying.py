"""Organizations of the demonstration on their ways through the levels, through the very services that people use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.assessments.models import Instrument, Round
from lms.certification.assessments.queries import agreements_of
from lms.certification.assessments.services import (
    add_action,
    agree,
    close_round,
    end_scoring,
    save_scores,
    start_round,
)
from lms.certification.assessments.services.actions import Intention
from lms.certification.assessments.services.agreeing import Agreed
from lms.certification.evidence.evidence_types import evidence_type
from lms.certification.evidence.models import Evidence, Submission
from lms.certification.evidence.services import (
    answer_party,
    begin_evidence,
    give_review,
    hand_in,
    name_party,
    save_evidence,
    say_in_public,
)
from lms.certification.evidence.services.reviewing import Said
from lms.certification.queries import local_day, standing
from lms.certification.services import award, follow, submit
from lms.db import db, write_unit
from lms.demo.practice import AGREEMENT, MEETINGS, PLAN, RETURNED, WAITING, WHY, DemoEvidence
from lms.organizations.models import Membership, Network, Organization, Post
from lms.organizations.queries import actor_of
from lms.organizations.services import end_membership, name_for_post

GENERAL = "بر پایهٔ صورت‌جلسه‌ها و گفتگوی همکاران."
BETWEEN = timedelta(days=1)


@dataclass(frozen=True)
class Side:
    """An organization with who acts for it: its manager first."""

    organization: Organization
    people: Sequence[Person]

    @property
    def manager_id(self) -> int:
        """Who hands in."""
        return self.people[0].id


@dataclass(frozen=True)
class Certifying:
    """The network of the demonstration and who decides there, on a day of today."""

    network: Network
    admin: Person
    sides: dict[str, Side]
    now: datetime

    def load(self) -> None:
        """Bring each organization to where it stands; of one organization the earlier comes first."""
        zagros, kavir, nakhil = (self.sides[key] for key in ("zagros", "kavir", "nakhil"))
        self._assess(zagros, self._ago(616), 3)
        self._hand_in_level(zagros, self._ago(611))
        self._award(zagros, self._ago(610))
        self._name_coordinator(kavir, self._ago(100))
        found = self._assess(kavir, self._ago(66), 2)
        self._plan(found, kavir, self._ago(61))
        for piece, side in ((AGREEMENT, zagros), (MEETINGS[0], zagros), (RETURNED, kavir), (MEETINGS[1], zagros)):
            self._prove(piece, side)
        self._leave(nakhil, self._ago(30))
        self._prove(WAITING, kavir)
        self._hand_in_level(zagros, self._ago(2))
        for side in self.sides.values():
            with write_unit():
                follow(side.organization.id, self.network.id, self.now)

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _assess(self, side: Side, at: datetime, level: int) -> Round:
        """Everybody scores on her own, near a level; then the team agrees."""
        with write_unit():
            instrument = db.session.scalars(select(Instrument).order_by(Instrument.id).limit(1)).one()
            found = start_round(side.organization, instrument, actor_id=side.manager_id, now=at)
        with write_unit():
            areas = found.version.content["areas"]
            items = [item["id"] for area in areas for item in area["items"]]
            for number, person in enumerate(side.people):
                levels = {item: _near(level, place + number) for place, item in enumerate(items)}
                save_scores(found, levels, person_id=person.id, now=at + BETWEEN)
            end_scoring(found, actor_id=side.manager_id, now=at + 2 * BETWEEN)
        with write_unit():
            agreed = {
                row.item: Agreed(_near(level, row.position), WHY.get(row.area, GENERAL))
                for row in agreements_of(found.id)
            }
            agree(found, agreed, actor_id=side.manager_id, now=at + 3 * BETWEEN)
            close_round(found, actor_id=side.manager_id, now=at + 4 * BETWEEN)
        return found

    def _plan(self, found: Round, side: Side, at: datetime) -> None:
        with write_unit():
            for number, (area, text, days) in enumerate(PLAN):
                due = (self.now + timedelta(days=days)).date()
                meant = Intention(area, text, side.people[number].id, due)
                add_action(found, meant, actor_id=side.manager_id, now=at)

    def _name_coordinator(self, side: Side, at: datetime) -> None:
        with write_unit():
            last = _membership(side.organization, side.people[-1])
            name_for_post(last, Post.COORDINATOR, actor_id=side.manager_id, now=at)

    def _leave(self, side: Side, at: datetime) -> None:
        with write_unit():
            end_membership(_membership(side.organization, side.people[-1]), actor_id=side.manager_id, now=at)

    def _prove(self, piece: DemoEvidence, side: Side) -> None:
        """Hand evidence in, have its party confirm and the network answer."""
        at = self._ago(piece.handed_in)
        with write_unit():
            made = begin_evidence(side.organization, piece.type, piece.title, actor_id=side.manager_id, now=at)
            made = save_evidence(made, piece.title, piece.told(self.now.date()), seen=made.revision, now=at)
            if piece.summary:
                say_in_public(made, piece.summary, agreed=True)
            handed = hand_in(made, self.network, seen=made.revision, actor_id=side.manager_id, now=at)
        if piece.party:
            self._share(made, self.sides[piece.party], side.manager_id, at + BETWEEN)
        if piece.verdict:
            self._review(piece, handed, at + 3 * BETWEEN)

    def _share(self, made: Evidence, other: Side, actor_id: int, at: datetime) -> None:
        with write_unit():
            party = name_party(made, other.organization, actor_id=actor_id, now=at)
            answer_party(party, seen=made.revision, confirmed=True, actor_id=other.manager_id, now=at + BETWEEN)

    def _review(self, piece: DemoEvidence, handed: Submission, at: datetime) -> None:
        scores = {each.key: each.scale.most for each in evidence_type(piece.type).criteria}
        with write_unit():
            said = Said(piece.verdict, scores, piece.comment)
            give_review(handed, said, stage=handed.stage, actor=actor_of(self.admin.id), now=at)

    def _hand_in_level(self, side: Side, at: datetime) -> None:
        """Submit the level that is in work."""
        with write_unit():
            found = standing(side.organization, self.network, local_day(self.network, at))
            current = found.current if found else None
            assert current is not None
            assert current.open is not None
            submit(current.open, actor_id=side.manager_id, now=at)

    def _award(self, side: Side, at: datetime) -> None:
        with write_unit():
            found = standing(side.organization, self.network, local_day(self.network, at))
            current = found.current if found else None
            assert current is not None
            assert current.open is not None
            award(current.open, actor_id=self.admin.id, now=at)


def _near(level: int, turn: int) -> int:
    """The level, now and then the one below or above it."""
    return level + {0: -1, 3: 1}.get(turn % 6, 0)


def _membership(organization: Organization, person: Person) -> Membership:
    return db.session.scalars(
        select(Membership).where(Membership.organization_id == organization.id, Membership.person_id == person.id)
    ).one()
