"""The pages of evidence: entered, handed in, reviewed; by forms without script, in three languages."""

import io
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.evidence.evidence_types import evidence_types
from lms.certification.evidence.models import Evidence, EvidenceFile, EvidenceParty, Review, Submission, Verdict
from lms.certification.evidence.services import name_party
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.models import Job
from lms.organizations.models import Grant, Network, NetworkMembership, Organization
from lms.security.actor import Role
from lms.storage.needs import needed_keys
from tests.conftest import LANGUAGES
from tests.evidence import make_evidence, make_manager, make_reviewer, review, stored, submit, whole_scores
from tests.factories import LONG_AGO, add, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sent_forms import form_in
from tests.stored import path_of
from tests.web.test_uploads import PDF, docx, photo

NAME = "صورت‌جلسهٔ نهایی.pdf"


class Place:
    """A network, an organization in it, and who acts there, each in a browser of her own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.network: Network = make_network()
        self.organization: Organization = make_organization(self.network)
        self.her = make_manager(self.organization)
        self.judge = make_reviewer(self.network)
        self.manager = self.browser(self.her)
        self.reviewer = self.browser(self.judge)

    def browser(self, person: Person) -> PageClient:
        return PageClient(self.app).sign_in(person)

    def piece(self, **values: Any) -> Evidence:
        return make_evidence(self.organization, self.her, **values)

    def submission(self, **values: Any) -> Submission:
        return submit(self.piece(**values), self.network, self.her)


@pytest.fixture
def place(app: Flask) -> Place:
    return Place(app)


def page_of(evidence: Evidence, more: str = "", language: str = "en") -> str:
    return f"/{language}/evidence/{evidence.public_id}/{more}"


def send(
    browser: PageClient, evidence: Evidence, files: list[tuple[bytes, str]], status: int = 303, language: str = "en"
) -> str:
    fields = {"files": [(io.BytesIO(content), name) for content, name in files]}
    answer = browser.post(page_of(evidence, "files", language), fields, status, content_type="multipart/form-data")
    return browser.follow(answer).text if status == 303 else answer.text


def files_of(evidence: Evidence) -> list[EvidenceFile]:
    db.session.rollback()
    db.session.expire_all()
    query = select(EvidenceFile).where(EvidenceFile.evidence_id == evidence.id).order_by(EvidenceFile.id)
    return list(db.session.scalars(query))


def latest(evidence: Evidence) -> Submission:
    db.session.rollback()
    db.session.expire_all()
    query = select(Submission).where(Submission.evidence_id == evidence.id).order_by(Submission.id.desc())
    return db.session.scalars(query).first() or pytest.fail("nothing was handed in")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_piece_is_begun_told_handed_in_returned_and_accepted(place: Place, language: str) -> None:
    board = f"/{language}/organizations/{place.organization.public_id}"
    listed = f"{board}/evidence"
    assert listed in place.manager.get(board).text
    assert f"{listed}/new" in place.manager.get(listed).text
    place.manager.get(f"{listed}/new")
    begun = {"type": "meeting_record", "title": "نشست آب"}
    edit = place.manager.post(f"{listed}/new", begun).headers["Location"]
    form = form_in(place.manager.get(edit).text)
    day = {"fa": ("۱۴", "2", "۱۴۰۵"), "ar": ("4", "5", "2026"), "en": ("4", "5", "2026")}[language]
    parts = dict(zip(("field_held_on-day", "field_held_on-month", "field_held_on-year"), day, strict=True))
    told = {**form, "field_subject": "آب", "field_participants": "۱۲", **parts}
    draft = place.manager.follow(place.manager.post(edit, told)).text
    assert "flash-due" in draft, "the decisions are missing"
    form = form_in(place.manager.get(edit).text)
    place.manager.post(edit, {**form, "field_decisions": "با هم درخواست می‌دهیم."})
    evidence = db.session.scalars(select(Evidence)).one()
    assert evidence.fields["held_on"] == "2026-05-04"
    assert evidence.fields["participants"] == 12
    there = page_of(evidence, "", language)
    hand = form_in(place.manager.get(there).text, "hand-in")
    assert "badge-submitted" in place.manager.follow(place.manager.post(f"{there}hand-in", hand)).text

    on_phone = f'<li><a href="/{language}/evidence-reviews"'
    assert on_phone in place.reviewer.get(f"/{language}/").text
    queue = place.reviewer.follow(place.reviewer.get(f"/{language}/evidence-reviews", 303)).text
    judging = f"/{language}/submissions/{latest(evidence).public_id}/review"
    assert judging in queue
    assert 'value="first"' in place.reviewer.get(judging).text
    verdict = {"stage": "first", "verdict": "return", "comment": "چه کسانی بودند؟"}
    place.reviewer.post(judging, verdict)
    assert "badge-due" in place.manager.get(there).text
    assert "چه کسانی بودند؟" in place.manager.get(there).text
    assert "badge-due" in place.manager.get(listed).text
    assert "نشست آب" in place.manager.get(f"/{language}/").text

    place.manager.post(f"{there}hand-in", form_in(place.manager.get(there).text, "hand-in"))
    again = f"/{language}/submissions/{latest(evidence).public_id}"
    assert "چه کسانی بودند؟" in place.reviewer.get(f"{again}/review").text
    scores = {f"score-{key}": str(score) for key, score in whole_scores("meeting_record").items()}
    place.reviewer.post(f"{again}/review", {"stage": "first", "verdict": "accept", **scores})
    assert "badge-certified" in place.manager.get(there).text
    assert "badge-certified" in place.manager.get(f"{again}/").text
    assert (
        "badge-certified"
        in place.reviewer.get(f"/{language}/networks/{place.network.public_id}/evidence?state=accepted").text
    )
    assert place.manager.get(listed).text.count("tick-met") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_", [each.key for each in evidence_types()])
def test_the_form_of_each_type_opens(place: Place, type_: str, language: str) -> None:
    evidence = place.piece(type_=type_, fields={})
    place.manager.get(page_of(evidence, "edit", language))
    place.manager.get(page_of(evidence, "", language))


def test_days_in_the_wrong_order_are_shown_at_the_field_and_kept(place: Place) -> None:
    evidence = place.piece(type_="joint_activity", fields={})
    form = form_in(place.manager.get(page_of(evidence, "edit", "fa")).text)
    days = {"starts_on": ("۲۰", "3", "۱۴۰۴"), "ends_on": ("۱", "3", "۱۴۰۴")}
    typed = {
        f"field_{name}-{part}": value
        for name, parts in days.items()
        for part, value in zip(("day", "month", "year"), parts, strict=True)
    }
    page = place.manager.post(page_of(evidence, "edit", "fa"), {**form, **typed, "field_activity": "با هم"}, 422).text
    again = form_in(page)
    assert {name: again[name] for name in typed} == typed
    assert again["field_activity"] == "با هم"
    assert 'href="#field_ends_on"' in page
    assert latest_fields(evidence) == {}


def latest_fields(evidence: Evidence) -> dict[str, Any]:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Evidence, evidence.id).fields


@pytest.mark.parametrize(
    ("amount", "currency", "stored_as"),
    [
        ("۱٬۲۵۰٬۰۰۰٫۵", "IRR", {"amount": "1250000.5", "currency": "IRR"}),
        ("٣٥٠", "BHD", {"amount": "350", "currency": "BHD"}),
        ("12,500", "USD", {"amount": "12500", "currency": "USD"}),
        ("ده", "USD", None),
        ("0", "USD", None),
        ("5", "XXX", None),
        ("5", "", None),
    ],
)
def test_money_is_read_in_any_digits(
    place: Place, amount: str, currency: str, stored_as: dict[str, str] | None
) -> None:
    evidence = place.piece(type_="partner_contribution", fields={})
    form = form_in(place.manager.get(page_of(evidence, "edit")).text)
    typed = {**form, "field_value-amount": amount, "field_value-currency": currency}
    page = place.manager.post(page_of(evidence, "edit"), typed, 303 if stored_as else 422).text
    assert latest_fields(evidence).get("value") == stored_as
    if not stored_as:
        assert form_in(page)["field_value-amount"] == amount
    else:
        again = form_in(place.manager.get(page_of(evidence, "edit")).text)
        assert again["field_value-currency"] == currency
        place.manager.post(page_of(evidence, "edit"), again)
        assert latest_fields(evidence).get("value") == stored_as, "what was not edited is not rewritten"


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(place: Place) -> None:
    evidence = place.piece()
    form = form_in(place.manager.get(page_of(evidence, "edit")).text)
    place.manager.post(page_of(evidence, "edit"), {**form, "field_subject": "first"})
    page = place.manager.post(page_of(evidence, "edit"), {**form, "field_subject": "second"}, 409).text
    assert "second" in page
    assert latest_fields(evidence)["subject"] == "first"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_keeps_its_name_and_is_got_by_those_who_may(place: Place, language: str) -> None:
    evidence = place.piece()
    assert NAME in send(place.manager, evidence, [(PDF, NAME), (docx(), "plan.docx")], language=language)
    file = files_of(evidence)[0]
    got = place.manager.get(page_of(evidence, f"files/{file.public_id}", language))
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert quote(NAME) in got.headers["Content-Disposition"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    submission = submit(evidence, place.network, place.her)
    there = f"/{language}/submissions/{submission.public_id}/files/{file.public_id}"
    for browser in (place.manager, place.reviewer):
        assert browser.get(there).data == PDF
    place.reviewer.get(page_of(evidence, f"files/{file.public_id}", language), 404)
    member = place.browser(make_member(place.organization))
    member.get(there, 404)
    place.browser(make_reviewer(make_network())).get(there, 404)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "picture.jpg"),
        (b"<script>alert(1)</script>", "minutes.pdf"),
        (b"<html></html>", "page.html"),
        (b"MZ\x90\x00\x03" + bytes(60), "minutes.docx"),
        (docx("word/vbaProject.bin"), "minutes.docx"),
        (b"", "minutes.pdf"),
    ],
)
def test_a_file_that_lies_is_refused(place: Place, content: bytes, name: str) -> None:
    evidence = place.piece()
    page = send(place.manager, evidence, [(content, name)], 422)
    assert name in page
    assert files_of(evidence) == []


def test_a_picture_says_nothing_of_its_maker(place: Place) -> None:
    evidence = place.piece()
    send(place.manager, evidence, [(photo(), "us.jpg")])
    content = path_of(files_of(evidence)[0].digest).read_bytes()
    assert b"Secret" not in content
    with Image.open(io.BytesIO(content)) as image:
        assert not image.getexif()


def test_no_more_files_than_reviewers_read(place: Place) -> None:
    evidence = place.piece()
    send(place.manager, evidence, [(PDF + bytes([65 + n]), f"{n}.pdf") for n in range(11)], 422)
    send(place.manager, evidence, [(PDF + bytes([65 + n]), f"{n}.pdf") for n in range(10)])
    send(place.manager, evidence, [(PDF, "11.pdf")], 422)
    send(place.manager, evidence, [], 422)


def test_a_file_that_was_handed_in_stays_when_it_is_taken_out(place: Place) -> None:
    evidence = place.piece()
    send(place.manager, evidence, [(PDF, NAME)])
    (kept,) = files_of(evidence)
    submission = submit(evidence, place.network, place.her)
    send(place.manager, evidence, [(PDF + b"2", "second.pdf")])
    fresh = files_of(evidence)[1]
    digest, fresh_id = fresh.digest, fresh.public_id
    for file_id in (kept.public_id, fresh_id):
        place.manager.post(page_of(evidence, "files"), {"remove": file_id})
    place.manager.post(page_of(evidence, "files"), {"remove": fresh_id}, 422)
    assert [each.public_id for each in files_of(evidence)] == [kept.public_id]
    assert NAME not in place.manager.get(page_of(evidence)).text
    assert place.reviewer.get(f"/en/submissions/{submission.public_id}/files/{kept.public_id}").data == PDF
    assert kept.digest in needed_keys()
    gone = [row.arguments["key"] for row in db.session.scalars(select(Job).where(Job.kind == "forget_file"))]
    assert gone == [digest]


def test_a_party_reads_confirms_and_reads_no_other(place: Place) -> None:
    other = make_organization(place.network)
    party_manager = place.browser(make_manager(other))
    evidence = place.piece()
    send(place.manager, evidence, [(PDF, NAME)])
    page = place.manager.get(page_of(evidence)).text
    place.manager.post(page_of(evidence, "parties"), {"organization": other.public_id})
    place.manager.post(page_of(evidence, "parties"), {"organization": "nobody"}, 422)
    assert other.names["en"] in page
    party = db.session.scalars(select(EvidenceParty)).one()
    there = f"/en/evidence-parts/{party.public_id}/"
    assert there in party_manager.get(f"/en/organizations/{other.public_id}/evidence").text
    assert "asks you to confirm" in party_manager.get("/en/").text
    assert NAME in party_manager.get(there).text
    assert party_manager.get(f"{there}files/{files_of(evidence)[0].public_id}").data == PDF
    party_manager.get(page_of(evidence), 404)
    place.manager.get(there, 404)
    form = form_in(party_manager.get(there).text)
    party_manager.post(there, {**form, "answer": "decline"})
    assert "Declined" in place.manager.get(page_of(evidence)).text
    party_manager.post(there, {**form, "answer": "confirm"})
    assert "Confirmed" in place.manager.get(page_of(evidence)).text
    assert "we have a part" in party_manager.get(f"/en/organizations/{other.public_id}/evidence").text
    send(place.manager, evidence, [(PDF + b"2", "more.pdf")])
    party_manager.post(there, {**form, "answer": "decline"}, 409)
    place.manager.post(page_of(evidence, "parties"), {"remove": party.public_id}, 422)


def test_a_reviewer_sees_no_party_of_another_network(place: Place) -> None:
    elsewhere = make_network()

    add(NetworkMembership(network_id=elsewhere.id, organization_id=place.organization.id, starts_on=LONG_AGO))
    inside, outside = make_organization(place.network), make_organization(elsewhere)
    evidence = place.piece()
    with write_unit():
        for organization in (inside, outside):
            name_party(evidence, organization, actor_id=place.her.id, now=now())
    submission = submit(evidence, place.network, place.her)
    page = place.reviewer.get(f"/en/submissions/{submission.public_id}/review").text
    assert inside.names["en"] in page
    assert outside.names["en"] not in page


def test_a_review_sent_twice_changes_nothing(place: Place) -> None:
    there = f"/en/submissions/{place.submission().public_id}/review"
    sent = {"stage": "first", "verdict": "return", "comment": "More."}
    place.reviewer.post(there, sent)
    page = place.reviewer.post(there, {**sent, "verdict": "reject"}, 409).text
    assert "not waiting" in page
    db.session.rollback()
    assert [each.verdict for each in db.session.scalars(select(Review))] == [Verdict.RETURN]


def test_what_was_typed_is_kept_where_a_criterion_is_not_scored(place: Place) -> None:
    there = f"/en/submissions/{place.submission().public_id}/review"
    sent = {"stage": "first", "verdict": "accept", "comment": "Well done.", "score-partners": "2"}
    page = place.reviewer.post(there, sent, 422).text
    again = form_in(page)
    assert again["comment"].strip() == "Well done."
    assert again["score-partners"] == ["2"]
    assert 'href="#score-decisions"' in page


def test_a_reviewer_of_her_own_organization_has_no_button(place: Place) -> None:
    make_member(place.organization, place.judge)
    there = f"/en/submissions/{place.submission().public_id}/review"
    browser = place.browser(place.judge)
    assert 'name="verdict"' not in browser.get(there).text
    browser.post(there, {"stage": "first", "verdict": "return", "comment": "More."}, 409)


def test_the_second_reviewer_reads_nothing_of_the_first(place: Place) -> None:
    admin = make_reviewer(place.network, Role.NETWORK_ADMIN)
    office = place.browser(admin)
    office.post(f"/en/networks/{place.network.public_id}/evidence/setting", {"two": "1"})
    submission = place.submission()
    there = f"/en/submissions/{submission.public_id}/review"
    place.reviewer.post(there, {"stage": "first", "verdict": "return", "comment": "Only I know."})
    assert "Only I know." in place.reviewer.get(there).text
    second = place.browser(make_reviewer(place.network))
    for browser in (second, office, place.manager):
        path = there if browser is not place.manager else page_of(submission.evidence)
        assert "Only I know." not in browser.get(path).text
    second.post(there, {"stage": "second", "verdict": "reject", "comment": "And I."})
    assert "Only I know." in second.get(there).text
    assert "An admin decides" in office.get(f"/en/networks/{place.network.public_id}/evidence").text
    office.post(there, {"stage": "deciding", "verdict": "return", "comment": "Then so."})
    page = place.manager.get(page_of(submission.evidence)).text
    assert all(said in page for said in ("Only I know.", "And I.", "Then so."))
    assert place.judge.display_name not in page


def test_an_admin_names_reviewers_who_see_the_queue_and_nothing_else(place: Place) -> None:
    office = place.browser(make_reviewer(place.network, Role.NETWORK_ADMIN))
    person = make_person(sign_in_name="narges")
    there = f"/en/networks/{place.network.public_id}/evidence/reviewers"
    office.post(there, {"sign_in_name": "nobody at all"}, 422)
    office.post(there, {}, 422)
    assert person.display_name in office.follow(office.post(there, {"sign_in_name": "Narges"})).text
    browser = place.browser(person)
    assert "/en/evidence-reviews" in browser.get("/en/").text
    browser.get(f"/en/networks/{place.network.public_id}/evidence")
    for path in ("", "/admins", "/evidence/reviewers", "/edit"):
        browser.get(f"/en/networks/{place.network.public_id}{path}", 404)
    browser.get(f"/en/organizations/{place.organization.public_id}", 404)
    office.post(f"{there}/{person.public_id}/end")
    browser.get(f"/en/networks/{place.network.public_id}/evidence", 404)
    db.session.rollback()
    ended = select(Grant.ends_on).where(Grant.person_id == person.id)
    assert db.session.scalar(ended) == now().date()


def test_another_organizations_evidence_is_not_there(place: Place) -> None:
    other = place.browser(make_manager(make_organization(place.network)))
    evidence = place.piece()
    for more in ("", "edit", "summary", "discard"):
        other.get(page_of(evidence, more), 404)
    for more in ("edit", "files", "parties", "hand-in", "summary", "discard"):
        other.post(page_of(evidence, more), {}, 404)
    submission = submit(evidence, place.network, place.her)
    other.get(f"/en/submissions/{submission.public_id}/", 404)
    other.post(f"/en/submissions/{submission.public_id}/withdraw", {}, 404)
    place.manager.get(f"/en/submissions/{submission.public_id}/review", 404)
    place.manager.post(page_of(evidence, "hand-in"), {"network": make_network().public_id, "seen": "2"}, 404)


def test_what_waits_is_taken_back_once(place: Place) -> None:
    submission = place.submission()
    there = f"/en/submissions/{submission.public_id}/withdraw"
    for _ in range(2):
        place.manager.post(there)
    assert stored(submission).state == "withdrawn"
    assert "Hand in" in place.manager.get(page_of(submission.evidence)).text


def offers_changes(place: Place, evidence: Evidence) -> list[bool]:
    """Whether the page of a piece offers to change what is told, and to add files."""
    text = place.manager.get(page_of(evidence)).text
    return ["/edit" in text, 'name="files"' in text]


def test_what_every_network_has_is_not_offered_for_changes(place: Place) -> None:
    evidence = place.piece()
    assert offers_changes(place, evidence) == [True, True]
    handed_in = submit(evidence, place.network, place.her)
    assert offers_changes(place, evidence) == [False, False]
    other = make_network()
    add(NetworkMembership(network_id=other.id, organization_id=place.organization.id, starts_on=LONG_AGO))
    assert offers_changes(place, evidence) == [True, True]
    submit(evidence, other, place.her)
    assert offers_changes(place, evidence) == [False, False]
    review(handed_in, place.judge, Verdict.RETURN)
    assert offers_changes(place, evidence) == [True, True]


def test_a_draft_is_thrown_away_and_what_was_handed_in_stays(place: Place) -> None:
    draft, seen = place.piece(), place.piece()
    submit(seen, place.network, place.her)
    gone, stays = page_of(draft), page_of(seen)
    place.manager.get(f"{gone}discard")
    for there in (gone, stays):
        place.manager.post(f"{there}discard")
    place.manager.get(gone, 404)
    place.manager.get(stays)


def test_the_public_summary_needs_agreement_and_words(place: Place) -> None:
    evidence = place.piece()
    place.manager.get(page_of(evidence, "summary"))
    place.manager.post(page_of(evidence, "summary"), {"agreed": "y"}, 422)
    place.manager.post(page_of(evidence, "summary"), {"agreed": "y", "text_fa": "دربارهٔ آب"})
    assert "دربارهٔ آب" in place.manager.get(page_of(evidence)).text


def statements(browser: PageClient, path: str) -> int:
    with counted_statements() as seen:
        browser.get(path)
    return len(seen)


def test_lists_cost_the_same_however_long_they_are(place: Place) -> None:
    listed = f"/en/organizations/{place.organization.public_id}/evidence"
    queue = f"/en/networks/{place.network.public_id}/evidence"
    review(place.submission(), place.judge)
    place.submission()
    before = [statements(place.manager, listed), statements(place.reviewer, queue)]
    for _ in range(4):
        review(place.submission(), place.judge)
        place.submission()
    assert [statements(place.manager, listed), statements(place.reviewer, queue)] == before


def name(place: Place, evidence: Evidence) -> None:
    """Ask another organization of the network."""
    party = make_organization(place.network)
    with write_unit():
        name_party(evidence, party, actor_id=place.her.id, now=now())


def test_pages_cost_the_same_however_much_was_said(place: Place) -> None:
    evidence = place.piece()
    send(place.manager, evidence, [(PDF, "a.pdf")])
    name(place, evidence)
    review(submit(evidence, place.network, place.her), place.judge, Verdict.RETURN)
    review(submit(evidence, place.network, place.her), place.judge, Verdict.RETURN)

    def cost() -> list[int]:
        there = f"/en/submissions/{latest(evidence).public_id}/review"
        return [statements(place.manager, page_of(evidence)), statements(place.reviewer, there)]

    before = cost()
    send(place.manager, evidence, [(PDF + b"2", "b.pdf"), (PDF + b"3", "c.pdf")])
    for _ in range(3):
        review(submit(evidence, place.network, place.her), make_reviewer(place.network), Verdict.RETURN)
        name(place, evidence)
    assert cost() == before


def test_of_a_large_network_partners_are_found_by_name(place: Place) -> None:
    wanted = make_organization(place.network, names={"fa": "انجمن نی‌زار", "en": "Reed Society"})
    for _ in range(50):
        make_organization(place.network)
    evidence = place.piece()
    assert "Reed Society" not in place.manager.get(page_of(evidence)).text
    assert "Reed Society" in place.manager.get(page_of(evidence, "?q=reed")).text
    assert "no organization" in place.manager.get(page_of(evidence, "?q=nobody")).text.lower()
    place.manager.post(page_of(evidence, "parties"), {"organization": wanted.public_id})
    assert "Reed Society" in place.manager.get(page_of(evidence)).text


def test_a_verdict_is_chosen_not_given(place: Place) -> None:
    there = f"/en/submissions/{place.submission().public_id}/review"
    assert "checked" not in place.reviewer.get(there).text
    page = place.reviewer.post(there, {"stage": "first", "comment": "Hm."}, 422).text
    assert 'href="#verdict"' in page


def test_the_queue_is_filtered(place: Place) -> None:
    place.submission()
    queue = f"/en/networks/{place.network.public_id}/evidence"
    assert "Meeting on water" in place.reviewer.get(f"{queue}?type=meeting_record").text
    for other in ("?type=document", "?state=accepted"):
        assert "Meeting on water" not in place.reviewer.get(queue + other).text
    place.reviewer.get(f"{queue}?type=nonsense&state=nonsense&page=9")
