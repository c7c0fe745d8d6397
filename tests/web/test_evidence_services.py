"""Evidence handed in, reviewed, counted: what the services and the database let happen, and what they refuse."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from lms.accounts.models import Notice, Person
from lms.accounts.privacy import exported
from lms.accounts.services.erasing import erase_person
from lms.certification.evidence.models import (
    Evidence,
    EvidenceParty,
    PartyAnswer,
    Review,
    Stage,
    Submission,
    SubmissionState,
    Verdict,
)
from lms.certification.evidence.queries import (
    counted_submissions,
    file_of_party,
    public_summaries,
    queue_of,
    visible_reviews,
)
from lms.certification.evidence.services import (
    answer_party,
    begin_evidence,
    discard_evidence,
    name_party,
    save_evidence,
    say_in_public,
    set_reviewers,
    take_party_out,
    withdraw,
)
from lms.certification.phases import months_later
from lms.certification.queries import case_of
from lms.certification.requirement_types import Finding, State, Titles, requirement_type
from lms.clock import now, today
from lms.db import db, write_unit
from lms.errors import DomainError, NotAllowed
from lms.events.models import EventRow
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.organizations.services import leave_network, name_reviewer
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.evidence import (
    AGREEMENT,
    MEETING,
    make_evidence,
    make_manager,
    make_reviewer,
    review,
    stored,
    submit,
)
from tests.factories import LONG_AGO, add, grant, make_member, make_network, make_organization, make_person
from tests.queries import counted_statements


class Place:
    """A network with an organization, its manager, and two reviewers."""

    def __init__(self) -> None:
        self.network = make_network()
        self.organization = make_organization(self.network)
        self.manager = make_manager(self.organization)
        self.admin = make_reviewer(self.network, Role.NETWORK_ADMIN)
        self.first = make_reviewer(self.network)
        self.second = make_reviewer(self.network)

    def submission(self) -> Submission:
        """A whole meeting record, handed in."""
        return submit(make_evidence(self.organization, self.manager), self.network, self.manager)


@pytest.fixture
def place(app: Flask) -> Place:
    return Place()


def counted(organization: Organization, network: Network, type_: str = "meeting_record") -> list[SubmissionState]:
    found = counted_submissions([organization.id], network.id, type_, now() + timedelta(days=1))
    return [each.state for each in found[organization.id]]


def notices(person: Person) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)))


def events(name: str) -> int:
    return db.session.scalar(select(func.count()).where(EventRow.name == name)) or 0


def test_what_is_accepted_counts_from_the_day_on_which_it_happened(place: Place) -> None:
    submission = place.submission()
    assert counted(place.organization, place.network) == [SubmissionState.SUBMITTED]
    review(submission, place.first)
    found = stored(submission)
    assert (found.state, found.stage, found.counts_from) == ("accepted", "done", date(2026, 5, 4))
    assert counted(place.organization, place.network) == [SubmissionState.ACCEPTED]
    assert notices(place.manager) == ["evidence_accepted"]
    assert (events("evidence_handed_in"), events("evidence_reviewed"), events("evidence_decided")) == (1, 1, 1)


def test_what_was_returned_is_handed_in_again_and_the_history_stays(place: Place) -> None:
    evidence = make_evidence(place.organization, place.manager)
    first = submit(evidence, place.network, place.manager)
    review(first, place.first, Verdict.RETURN)
    with write_unit():
        kept = db.session.get_one(Evidence, evidence.id)
        save_evidence(kept, kept.title, {**MEETING, "participants": 14}, seen=kept.revision, now=now())
    second = submit(evidence, place.network, place.manager)
    review(second, place.first)
    assert [stored(each).fields["participants"] for each in (first, second)] == [12, 14]
    assert [stored(each).state for each in (first, second)] == ["returned", "accepted"]
    assert counted(place.organization, place.network) == [SubmissionState.RETURNED, SubmissionState.ACCEPTED]


@pytest.mark.parametrize(
    ("verdict", "message"),
    [(None, "waits"), (Verdict.ACCEPT, "accepted"), (Verdict.REJECT, "rejected")],
)
def test_it_is_not_handed_in_twice(place: Place, verdict: Verdict | None, message: str) -> None:
    evidence = make_evidence(place.organization, place.manager)
    submission = submit(evidence, place.network, place.manager)
    if verdict is not None:
        review(submission, place.first, verdict)
    with pytest.raises(NotAllowed, match=message):
        submit(evidence, place.network, place.manager)


def test_a_draft_may_lack_what_a_submission_must_have(place: Place) -> None:
    evidence = make_evidence(place.organization, place.manager, fields={"subject": "Water"})
    with pytest.raises(DomainError, match="Held on") as refused:
        submit(evidence, place.network, place.manager)
    assert refused.value.field == "held_on"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": "2026-02-01"}, "ends_on"),
        ({"signed_on": (today() + timedelta(days=2)).isoformat()}, "signed_on"),
    ],
)
def test_days_in_the_wrong_order_are_refused(place: Place, changed: dict[str, str], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        make_evidence(place.organization, place.manager, "signed_agreement", {**AGREEMENT, **changed})
    assert refused.value.field == field


def test_whoever_lives_ahead_of_utc_may_tell_of_today(place: Place) -> None:
    evidence = make_evidence(place.organization, place.manager)
    fields, evening = {**MEETING, "held_on": "2026-03-02"}, datetime(2026, 3, 1, 21, 30, tzinfo=UTC)
    with write_unit():
        save_evidence(evidence, "Water", fields, seen=evidence.revision, now=evening)
    assert evidence.fields["held_on"] == "2026-03-02"
    with pytest.raises(DomainError), write_unit():
        save_evidence(evidence, "Fire", fields, seen=evidence.revision, now=evening - timedelta(hours=12))


def test_an_unknown_kind_is_none(place: Place) -> None:
    with pytest.raises(DomainError), write_unit():
        begin_evidence(place.organization, "nothing", "A", actor_id=place.manager.id, now=now())


def test_who_saves_over_what_somebody_else_saved_is_told(place: Place) -> None:
    evidence = make_evidence(place.organization, place.manager)
    with pytest.raises(NotAllowed), write_unit():
        save_evidence(evidence, "Other", MEETING, seen=evidence.revision - 1, now=now())


def test_a_review_that_is_sent_twice_is_refused(place: Place) -> None:
    submission = place.submission()
    review(submission, place.first, Verdict.RETURN)
    with pytest.raises(NotAllowed):
        review(submission, place.first, stage="first")
    with pytest.raises(NotAllowed):
        review(submission, place.second, stage="first")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Review)) == 1
    assert stored(submission).state == "returned"


def test_a_verdict_needs_its_reasons(place: Place) -> None:
    submission = place.submission()
    with pytest.raises(DomainError) as refused:
        review(submission, place.first, Verdict.REJECT, comment=" ")
    assert refused.value.field == "comment"


def with_two(place: Place) -> Submission:
    with write_unit():
        set_reviewers(place.network, 2, actor_id=place.admin.id, now=now())
    return place.submission()


def test_two_who_agree_decide(place: Place) -> None:
    submission = with_two(place)
    review(submission, place.first)
    found = stored(submission)
    assert (found.state, found.stage) == ("submitted", "second")
    assert visible_reviews(found, place.second.id) == []
    assert visible_reviews(found, place.admin.id) == []
    assert len(visible_reviews(found, place.first.id)) == 1
    with pytest.raises(NotAllowed):
        review(submission, place.first)
    review(submission, place.second)
    found = stored(submission)
    assert found.state == "accepted"
    assert len(visible_reviews(found, place.second.id)) == 2


def test_where_two_disagree_an_admin_decides(place: Place) -> None:
    submission = with_two(place)
    review(submission, place.first)
    review(submission, place.second, Verdict.REJECT)
    assert stored(submission).stage == "deciding"
    with pytest.raises(NotAllowed):
        review(submission, make_reviewer(place.network))
    review(submission, place.admin, Verdict.RETURN)
    assert stored(submission).state == "returned"


def test_who_waits_keeps_the_number_of_reviewers(place: Place) -> None:
    submission = place.submission()
    with write_unit():
        set_reviewers(place.network, 2, actor_id=place.admin.id, now=now())
    review(submission, place.first)
    assert stored(submission).state == "accepted"


@pytest.mark.parametrize("how", ["member", "waiting", "manager", "party", "sender"])
def test_nobody_reviews_her_own(place: Place, how: str) -> None:
    submission = place.submission()
    other = make_organization(place.network)
    if how == "member":
        make_member(place.organization, place.first)
    elif how == "waiting":
        add(Membership(person_id=place.first.id, organization_id=place.organization.id, starts_on=LONG_AGO))
    elif how == "manager":
        grant(place.first, Role.MANAGER, organization=place.organization)
    elif how == "party":
        make_member(other, place.first)
        add(EvidenceParty(evidence_id=submission.evidence_id, organization_id=other.id))
    else:
        with write_unit():
            db.session.get_one(Submission, submission.id).submitted_by_id = place.first.id
    with pytest.raises(NotAllowed, match="You belong"):
        review(submission, place.first)
    review(submission, place.second)


def test_who_belonged_once_may_review(place: Place) -> None:
    make_member(place.organization, place.first, ends_on=today())
    review(place.submission(), place.first)


class Shared:
    """A piece with a party in the same network."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.other = make_organization(place.network)
        self.manager = make_manager(self.other)
        self.evidence = make_evidence(place.organization, place.manager)
        with write_unit():
            self.party = name_party(self.evidence, self.other, actor_id=place.manager.id, now=now())

    def answer(self, *, confirmed: bool = True, seen: int = 0) -> PartyAnswer | None:
        db.session.rollback()
        with write_unit():
            party = db.session.get_one(EvidenceParty, self.party.id)
            revision = seen or party.evidence.revision
            return answer_party(party, seen=revision, confirmed=confirmed, actor_id=self.manager.id, now=now())


@pytest.fixture
def shared(place: Place) -> Shared:
    return Shared(place)


def test_it_counts_for_a_party_only_once_it_confirms(place: Place, shared: Shared) -> None:
    assert notices(shared.manager) == ["evidence_party"]
    review(submit(shared.evidence, place.network, place.manager), place.first)
    assert counted(place.organization, place.network) == [SubmissionState.ACCEPTED]
    assert counted(shared.other, place.network) == []
    shared.answer(confirmed=False)
    assert counted(shared.other, place.network) == []
    shared.answer()
    assert counted(shared.other, place.network) == [SubmissionState.ACCEPTED]
    assert shared.answer() is None, "saying it again changes nothing"


def test_a_party_confirms_what_it_has_read(place: Place, shared: Shared) -> None:
    shared.answer()
    with write_unit():
        kept = db.session.get_one(Evidence, shared.evidence.id)
        save_evidence(kept, kept.title, {**MEETING, "participants": 90}, seen=kept.revision, now=now())
    review(submit(shared.evidence, place.network, place.manager), place.first)
    assert counted(shared.other, place.network) == [], "what it confirmed said something else"
    with pytest.raises(NotAllowed):
        shared.answer(seen=2)
    shared.answer()
    assert counted(shared.other, place.network) == [SubmissionState.ACCEPTED]


def test_a_later_change_takes_nothing_from_a_party(place: Place, shared: Shared) -> None:
    shared.answer()
    review(submit(shared.evidence, place.network, place.manager), place.first)
    with write_unit():
        kept = db.session.get_one(Evidence, shared.evidence.id)
        save_evidence(kept, "Other title", MEETING, seen=kept.revision, now=now())
    assert counted(shared.other, place.network) == [SubmissionState.ACCEPTED]
    with pytest.raises(NotAllowed), write_unit():
        take_party_out(db.session.get_one(EvidenceParty, shared.party.id))


def test_only_organizations_of_shared_networks_are_parties(place: Place, shared: Shared) -> None:
    stranger = make_organization(make_network())
    for organization in (stranger, place.organization):
        with pytest.raises(DomainError), write_unit():
            name_party(shared.evidence, organization, actor_id=place.manager.id, now=now())
    with write_unit():
        again = name_party(shared.evidence, shared.other, actor_id=place.manager.id, now=now())
    assert again.id == shared.party.id


def test_another_network_sees_and_counts_nothing(place: Place) -> None:
    elsewhere = make_network()
    add(NetworkMembership(network_id=elsewhere.id, organization_id=place.organization.id, starts_on=LONG_AGO))
    review(place.submission(), place.first)
    assert counted(place.organization, elsewhere) == []
    assert queue_of(elsewhere.id, today(), page=1, state=SubmissionState.ACCEPTED).total == 0
    with pytest.raises(NotAllowed):
        submit(make_evidence(place.organization, place.manager), make_network(), place.manager)


def test_what_waits_is_taken_back_when_the_organization_leaves(place: Place) -> None:
    submission = place.submission()
    link = db.session.scalars(
        select(NetworkMembership).where(NetworkMembership.organization_id == place.organization.id)
    ).one()
    with write_unit():
        leave_network(link, actor_id=place.manager.id, now=now())
    assert stored(submission).state == "withdrawn"
    assert queue_of(place.network.id, today(), page=1, state=SubmissionState.WITHDRAWN).total == 0


def test_what_was_taken_back_is_reviewed_no_more(place: Place) -> None:
    submission = place.submission()
    with write_unit():
        withdraw(submission, actor_id=place.manager.id, now=now())
    with pytest.raises(NotAllowed):
        review(submission, place.first, stage="first")
    with pytest.raises(NotAllowed), write_unit():
        withdraw(submission, actor_id=place.manager.id, now=now())
    assert counted(place.organization, place.network) == []


def test_only_a_draft_that_nobody_saw_is_thrown_away(place: Place) -> None:
    draft, seen = (make_evidence(place.organization, place.manager) for _ in range(2))
    submit(seen, place.network, place.manager)
    with write_unit():
        discard_evidence(draft, now())
    with pytest.raises(NotAllowed), write_unit():
        discard_evidence(seen, now())
    db.session.rollback()
    assert list(db.session.scalars(select(Evidence.id))) == [seen.id]


def test_the_public_summary_is_shown_where_it_was_accepted_and_agreed(place: Place, shared: Shared) -> None:
    with pytest.raises(DomainError), write_unit():
        say_in_public(shared.evidence, {}, agreed=True)
    with write_unit():
        say_in_public(shared.evidence, {"en": "We met on water."}, agreed=True)
    assert public_summaries(place.organization.id, place.network.id) == []
    review(submit(shared.evidence, place.network, place.manager), place.first)
    assert public_summaries(place.organization.id, place.network.id) == [{"en": "We met on water."}]
    assert public_summaries(shared.other.id, place.network.id) == []
    with write_unit():
        say_in_public(shared.evidence, {"en": "We met on water."}, agreed=False)
    assert public_summaries(place.organization.id, place.network.id) == []


def test_a_reviewer_who_is_erased_leaves_verdicts_without_words(place: Place) -> None:
    submission = place.submission()
    given = review(submission, place.first, Verdict.RETURN, comment="Who took part?")
    assert "Who took part?" in str(exported(place.first)["evidence"])
    assert "Meeting on water" in str(exported(place.manager)["evidence"])
    with write_unit():
        erase_person(db.session.get_one(Person, place.first.id), now())
    db.session.rollback()
    kept = db.session.get_one(Review, given.id)
    assert (kept.verdict, kept.comment, kept.reviewer_id) == ("return", "", place.first.id)
    assert events("reviewer_ended") == 1


def test_a_reviewer_is_named_once(place: Place) -> None:
    with write_unit():
        one, two = (name_reviewer(place.network, place.second, actor_id=place.admin.id, now=now()) for _ in range(2))
    assert one.id == two.id


def test_a_party_gets_no_file_of_another_piece(place: Place, shared: Shared) -> None:
    assert file_of_party(shared.party.public_id, "nothing") is None


@pytest.mark.parametrize(
    "values",
    [
        {"state": "accepted"},
        {"state": "submitted", "closed_at": now()},
        {"stage": "done"},
        {"state": "returned", "stage": "done", "closed_at": now(), "counts_from": today()},
        {"state": "nonsense", "stage": "done", "closed_at": now()},
        {"reviewers": 3},
    ],
)
def test_the_database_keeps_no_impossible_submission(place: Place, values: dict[str, Any]) -> None:
    submission = place.submission()
    with pytest.raises(IntegrityError), write_unit():
        db.session.execute(update(Submission).where(Submission.id == submission.id).values(**values))


def test_the_database_keeps_no_second_review_of_a_stage(place: Place) -> None:
    submission = place.submission()
    given = review(submission, place.first)
    for reviewer, stage in ((place.second, Stage.FIRST), (place.first, Stage.SECOND)):
        copy = {"submission_id": submission.id, "reviewer_id": reviewer.id, "stage": stage}
        with pytest.raises(IntegrityError):
            add(Review(**copy, verdict=given.verdict, scores={}))


def test_a_closed_submission_goes_nowhere(place: Place) -> None:
    submission = place.submission()
    review(submission, place.first)
    found = stored(submission)
    for state in SubmissionState:
        with pytest.raises(NotAllowed):
            found.close(state, now())
    db.session.rollback()
    assert make_person()


def meet(place: Place, held_on: str, reviewer: Person | None = None) -> Submission:
    """A meeting of that day, accepted."""
    evidence = make_evidence(place.organization, place.manager, fields={**MEETING, "held_on": held_on})
    submission = submit(evidence, place.network, place.manager)
    review(submission, reviewer or place.first)
    return submission


def found(organization: Organization, network: Network, count: int, months: int | None = None) -> Finding:
    """How far an organization is with so many meetings."""
    db.session.rollback()
    case = case_of(organization.id, network, today())
    rule = {"evidence_type": "meeting_record", "count": count, "months": months}
    requirement_type("evidence_accepted").check(rule)
    return requirement_type("evidence_accepted").evaluate(case, rule)


def test_a_rule_counts_pieces_and_tells_what_to_do(place: Place) -> None:
    network = place.network
    assert found(place.organization, network, 1).state == State.MISSING
    evidence = make_evidence(place.organization, place.manager)
    waits = submit(evidence, network, place.manager)
    assert found(place.organization, network, 1).state == State.IN_REVIEW
    review(waits, place.first, Verdict.RETURN)
    assert found(place.organization, network, 1).state == State.RETURNED
    review(submit(evidence, network, place.manager), place.first)
    met = found(place.organization, network, 1)
    assert (met.state, met.have) == (State.MET, 1)
    assert met.facts == {"evidence": [evidence.id], "days": ["2026-05-04"]}
    assert found(place.organization, network, 2).state == State.MISSING


def test_age_is_that_of_the_practice_not_of_its_paper(place: Place) -> None:
    submission = meet(place, months_later(today(), -13).isoformat())
    assert found(place.organization, place.network, 1).met
    assert not found(place.organization, place.network, 1, 12).met
    assert found(place.organization, place.network, 1, 13).met
    assert stored(submission).closed_at is not None


def test_many_organizations_cost_one_statement(place: Place, shared: Shared) -> None:
    shared.answer()
    review(submit(shared.evidence, place.network, place.manager), place.first)
    others = [make_organization(place.network) for _ in range(3)]
    everyone = [place.organization, shared.other, *others]
    db.session.rollback()
    cases = [case_of(each.id, place.network, today()) for each in everyone]
    with counted_statements() as seen:
        rule = {"evidence_type": "meeting_record", "count": 1}
        many = requirement_type("evidence_accepted").evaluate_many(cases, rule)
    assert len(seen) == 1
    assert [many[each.id].met for each in everyone] == [True, True, False, False, False]


@pytest.mark.parametrize("rule", [{"evidence_type": "nothing", "count": 1}, {"evidence_type": "document", "count": 0}])
def test_a_rule_that_nobody_can_judge_is_refused(app: Flask, rule: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        requirement_type("evidence_accepted").check(rule)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_is_put_in_words(place: Place, language: str) -> None:
    type_ = requirement_type("evidence_accepted")
    with reading_as(Formatter(language)):
        said = type_.describe({"evidence_type": "document", "count": 2, "months": 6}, Titles())
        progress = [type_.progress(Finding(state, 1, 2)) for state in State]
    assert ("Document" in said) == (language == "en")
    assert len(set(progress)) == 3
