"""Sheets of a network: what becomes of each row, what is written, what is taken back."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from lms.accounts.models import Notice, Person
from lms.accounts.names import sign_in_key
from lms.accounts.services import make_reset_code, may_make_reset_code, reset_by_code, reset_password
from lms.certification.models import KeptStanding
from lms.clock import now, today
from lms.db import db, write_unit
from lms.events.models import EventRow
from lms.imports.bulk.columns import Kind
from lms.imports.bulk.fates import Fate
from lms.imports.bulk.services import choose, let_old_files_go
from lms.imports.bulk.working import let_imports_go
from lms.imports.models import Import, ImportBatch, ImportMatching, ImportState
from lms.jobs.models import Job
from lms.jobs.worker import run_due
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.organizations.queries import actor_of
from lms.organizations.services import end_network_membership
from lms.progress.models import ModuleCompletion
from lms.quizzes.models import Source
from lms.reports.counters import differences
from lms.security.actor import Role
from lms.storage.needs import needed_keys
from lms.training.models import Module
from tests.certification import make_module, make_scheme
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.queries import counted_statements
from tests.sheets import bring_sheet, csv_of, fates, fresh, looked_at, reasons, rows, undone, work, written

HEADERS = ("سازمان", "نام و نام خانوادگی", "ماژول", "تاریخ", "نمره", "سمت")
TITLE = "آشنایی با شبکه‌سازی"


@pytest.fixture
def network(app: Flask) -> Network:
    return make_network(time_zone="Asia/Tehran")


@pytest.fixture
def admin(network: Network) -> Person:
    return grant(make_person(), Role.NETWORK_ADMIN, network=network)


@pytest.fixture
def module(app: Flask) -> Module:
    module = make_module(titles={"fa": TITLE, "ar": "مدخل", "en": "Introduction"})
    with write_unit() as session:
        for version in session.get_one(Module, module.id).versions:
            version.published_at = datetime(2022, 1, 1, tzinfo=UTC)
    return module


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def people() -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.password_hash.is_(None)).order_by(Person.id)))


def named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.display_name == name)).one()


def test_one_sheet_brings_organizations_people_and_completions(network: Network, admin: Person, module: Module) -> None:
    data = csv_of(
        HEADERS,
        ("انجمن مهر", "مریم رستمی", "آشنایی با شبكه سازي", "۱۴۰۳/۷/۱۲", "۸۵٪", "مدیر"),
        ("انجمن مهر", "علی کاظمی", TITLE, "2024-10-03", "17 از 20", ""),
        ("کویر", "مريم رستمي", "", "", "", ""),
    )
    record = looked_at(bring_sheet(network, admin, data))
    assert (record.state, fates(record)) == (ImportState.READY, {"new": 3})
    assert count(Import) == 1
    assert not count(Membership)
    record = written(record)
    assert record.state == ImportState.DONE
    organizations = db.session.scalars(select(Organization).order_by(Organization.id)).all()
    assert [o.names for o in organizations] == [{"fa": "انجمن مهر"}, {"fa": "کویر"}]
    first = named("مریم رستمی")
    assert (first.password_hash, first.language, first.email) == (None, "fa", None)
    assert first.sign_in_key == sign_in_key(first.sign_in_name)
    membership = db.session.scalars(select(Membership).where(Membership.person_id == first.id)).one()
    assert (membership.title, membership.organization_id) == ("مدیر", organizations[0].id)
    assert membership.confirmed_by_id == admin.id
    done = db.session.scalars(select(ModuleCompletion).order_by(ModuleCompletion.id)).all()
    assert [(c.person_id, c.score, c.source, c.recorded_by_id) for c in done] == [
        (first.id, 0.85, Source.IMPORT, admin.id),
        (named("علی کاظمی").id, 0.85, Source.IMPORT, admin.id),
    ]
    # Noon in Tehran.
    assert done[0].occurred_at == datetime(2024, 10, 3, 8, 30, tzinfo=UTC)
    assert [n.kind for n in db.session.scalars(select(Notice))] == ["imported"] * 3


@pytest.mark.parametrize(
    "headers",
    [("سازمان", "نام", "نام خانوادگی"), ("المنظمة", "الاسم الأول", "اسم العائلة"), ("NGO", "First name", "Surname")],
)
def test_a_name_in_two_columns_is_one_name(network: Network, admin: Person, headers: tuple[str, ...]) -> None:
    data = csv_of(headers, ("مهر", "مریم", "رستمی"), ("مهر", "علی", ""), ("مهر", "", "کاظمی"))
    record = looked_at(bring_sheet(network, admin, data))
    assert record.columns == ["organization", "person", "family"]
    assert written(record).state == ImportState.DONE
    assert [person.display_name for person in people() if person != admin] == ["مریم رستمی", "علی", "کاظمی"]
    again = looked_at(bring_sheet(network, admin, csv_of(("سازمان", "نام کامل"), ("مهر", "مریم رستمی"))))
    assert fates(again) == {"known": 1}


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        (("NGO", "Full name", "First name", "Last name"), ("مهر", "مریم رستمی", "مریم", "رستمی")),
        (("NGO", "Full name", "Last name"), ("مهر", "مریم رستمی", "رستمي")),
        (("NGO", "Full name", "Last name"), ("مهر", "مریم رستمی", "-")),
        (("NGO", "Full name", "First name", "Last name"), ("مهر", "", "مریم", "رستمی")),
        (("NGO", "Full name", "Last name"), ("مهر", "رستمی، مریم", "رستمی")),
    ],
)
def test_a_family_name_that_is_told_twice_makes_no_second_person(
    network: Network, admin: Person, headers: tuple[str, ...], row: tuple[str, ...]
) -> None:
    written(looked_at(bring_sheet(network, admin, csv_of(("NGO", "Full name"), ("مهر", "مریم رستمی")))))
    assert fates(looked_at(bring_sheet(network, admin, csv_of(headers, row)))) == {"known": 1}


def test_the_same_sheet_again_does_nothing(network: Network, admin: Person, module: Module) -> None:
    data = csv_of(HEADERS, ("مهر", "مریم", TITLE, "1403/7/12", "", "مدیر"), ("مهر", "مریم", TITLE, "1403/7/12", "", ""))
    first = written(looked_at(bring_sheet(network, admin, data)))
    assert fates(first) == {"new": 1, "known": 1}
    before = [count(model) for model in (Organization, Person, Membership, ModuleCompletion, Notice)]
    again = looked_at(bring_sheet(network, admin, data))
    assert fates(again) == {"known": 2}
    written(again)
    assert [count(model) for model in (Organization, Person, Membership, ModuleCompletion, Notice)] == before


def test_what_is_wrong_is_said_of_its_cell(network: Network, admin: Person, module: Module) -> None:
    make_organization(network, names={"fa": "نو"})
    make_organization(network, names={"fa": "نو"})
    taken = make_person(sign_in_name="taken1")
    header = (
        "organization",
        "name",
        "module",
        "date",
        "score",
        "email",
        "sign-in name",
        "from",
        "to",
        "language",
        "post",
    )
    lines = (
        ("A", "P1", TITLE, "1403/13/1", "", "", "", "", "", "", ""),
        ("A", "P2", "nothing", "1403/1/1", "", "", "", "", "", "", ""),
        ("A", "P3", TITLE, "", "", "", "", "", "", "", ""),
        ("A", "P4", TITLE, "1403/1/1", "101", "", "", "", "", "", ""),
        ("A", "P5", "", "", "", "x@y", "", "", "", "", ""),
        ("A", "P6", "", "", "", "", taken.sign_in_name.upper(), "", "", "", ""),
        ("A", "P7", "", "", "", "", "", "1403/2/1", "1403/1/1", "", ""),
        ("A", "P8", "", "", "", "", "", "1390/1/1", "2199-01-01", "", ""),
        ("", "P9", "", "", "", "", "", "", "", "", ""),
        ("A", "", TITLE, "1403/1/1", "", "", "", "", "", "", ""),
        ("A", "P11", "", "", "", "", "", "", "", "klingon", ""),
        ("A", "P12", "", "", "", "", "", "", "", "", "king"),
        ("نو", "P13", "", "", "", "", "", "", "", "", ""),
        ("A", "P14", TITLE, "2199-01-01", "", "", "", "", "", "", ""),
    )
    record = looked_at(bring_sheet(network, admin, csv_of(header, *lines)))
    assert reasons(record) == [
        (2, "no_day", "day"),
        (3, "no_module", "module"),
        (4, "no_completion_day", "day"),
        (5, "no_score", "score"),
        (6, "no_mail", "mail"),
        (7, "taken", "sign_in"),
        (8, "ends_before", "to"),
        (10, "no_organization_given", "organization"),
        (11, "no_person", "person"),
        (12, "no_language", "language"),
        (13, "no_post", "post"),
        (14, "several_organizations", "organization"),
        (15, "ahead", "day"),
    ]
    assert fates(record) == {"wrong": 13, "new": 1}
    written(record)
    assert [p.display_name for p in people() if p.display_name.startswith("P")] == ["P8"]
    assert not count(ModuleCompletion), "nothing of a wrong row is written"


def test_all_that_is_wrong_with_a_row_is_said_at_once(network: Network, admin: Person) -> None:
    data = csv_of(
        (*HEADERS, "email"), ("مهر", "مریم", "هیچ", "1403/13/1", "120", "", "x@"), ("", "", "", "", "x", "y", "")
    )
    record = looked_at(bring_sheet(network, admin, data))
    said = [[(each.code, each.about) for each in row.said] for row in rows(record, Fate.WRONG)]
    # The module is looked up after the cells are read.
    assert said[0] == [("no_mail", "mail"), ("no_score", "score"), ("no_day", "day")]
    assert said[1] == [("nobody", ""), ("no_score", "score")]


def test_a_namesake_is_decided_by_the_admin(network: Network, admin: Person) -> None:
    here = make_organization(network, names={"fa": "مهر"}, shares_names=True)
    there = make_organization(network, names={"fa": "کویر"}, shares_names=True)
    known = make_member(there, make_person(display_name="مَریم رستمی"))
    make_member(here, make_person(display_name="علی"))
    data = csv_of(HEADERS[:2], ("مهر", "مريم رستمي"), ("مهر", "علی"), ("مهر", "مریم رستمی"), ("کویر", "نو"))
    record = looked_at(bring_sheet(network, admin, data))
    assert fates(record) == {"doubtful": 2, "known": 1, "new": 1}
    first, second = rows(record, Fate.DOUBTFUL)
    assert first.doubt == second.doubt, "asked once of one person"
    assert [(each["id"], each["places"]) for each in first.found] == [(known.public_id, [{"fa": "کویر"}])]
    with write_unit():
        choose(fresh(record), {first.doubt: known.public_id}, doubtful_are_new=False)
    record = work(record)
    assert fates(record) == {"known": 2, "new": 2}
    before = count(Person)
    written(record)
    assert count(Person) == before + 1
    places = select(Membership.organization_id).where(Membership.person_id == known.id).order_by(Membership.id)
    assert list(db.session.scalars(places)) == [there.id, here.id]


@pytest.mark.parametrize("how", ["one", "others"])
def test_a_namesake_can_be_a_new_person(network: Network, admin: Person, how: str) -> None:
    there = make_organization(network, names={"fa": "کویر"}, shares_names=True)
    make_member(there, make_person(display_name="مریم"))
    data = csv_of(HEADERS[:2], ("مهر", "مریم"), ("مهر", "مریم"))
    record = looked_at(bring_sheet(network, admin, data))
    doubt = rows(record, Fate.DOUBTFUL)[0].doubt
    with write_unit():
        choose(fresh(record), {doubt: "new"} if how == "one" else {}, doubtful_are_new=how == "others")
    record = work(record)
    assert fates(record) == {"new": 1, "known": 1}
    written(record)
    assert len([p for p in people() if p.display_name == "مریم"]) == 2


def test_of_people_whose_names_are_not_shared_nothing_is_learned(network: Network, admin: Person) -> None:
    silent = make_organization(network, names={"fa": "مهر"})
    make_member(silent, make_person(display_name="مریم"))
    other = make_network()
    elsewhere = make_organization(other, names={"fa": "کویر"}, shares_names=True)
    make_member(elsewhere, make_person(display_name="علی"))
    record = looked_at(
        bring_sheet(network, admin, csv_of(HEADERS[:2], ("مهر", "مریم"), ("مهر", "علی"), ("کویر", "نو")))
    )
    assert fates(record) == {"new": 3}
    written(record)
    assert len(db.session.scalars(select(Organization).where(Organization.folded == elsewhere.folded)).all()) == 2


def test_people_with_an_account_of_their_own_are_only_given_completions(
    network: Network, admin: Person, module: Module
) -> None:
    here = make_organization(network, names={"fa": "مهر"}, shares_names=True)
    make_organization(network, names={"fa": "کویر"})
    person = make_member(here, make_person(display_name="مریم", sign_in_name="maryam", password_hash="x"), title="a")
    header = ("سازمان", "نام", "نام کاربری", "سمت", "ماژول", "تاریخ")
    data = csv_of(
        header,
        ("مهر", "مریم", "", "b", TITLE, "1403/1/1"),
        ("کویر", "مریم", "maryam", "", "", ""),
        ("", "", "maryam", "", TITLE, "1403/1/1"),
        ("مهر", "زهرا", "maryam", "", "", ""),
    )
    record = looked_at(bring_sheet(network, admin, data))
    assert reasons(record) == [(3, "own_account", "person"), (5, "another_name", "person")]
    written(record)
    assert db.session.scalars(select(Membership.title).where(Membership.person_id == person.id)).all() == ["a"]
    assert count(ModuleCompletion) == 1


def test_memberships_of_rosters_are_changed(network: Network, admin: Person) -> None:
    header = ("organization", "name", "position", "post", "from", "to")
    written(looked_at(bring_sheet(network, admin, csv_of(header, ("A", "P", "clerk", "", "1400/1/1", "")))))
    later = csv_of(header, ("A", "P", "head", "هماهنگ‌کننده", "1400/2/1", ""), ("A", "P", "", "", "", "1403/1/1"))
    record = looked_at(bring_sheet(network, admin, later))
    assert fates(record) == {"changed": 2}
    assert [each.about for each in rows(record, Fate.CHANGED)[0].said] == ["title", "post", "from"]
    written(record)
    seat = db.session.scalars(select(Membership)).one()
    assert (seat.title, seat.post, seat.starts_on) == ("head", "coordinator", date(2021, 4, 21))
    assert seat.ends_on == date(2024, 3, 20)
    again = csv_of(
        header, ("A", "P", "", "", "", ""), ("A", "P", "", "", "", "1403/1/1"), ("A", "P", "", "", "1403/5/1", "")
    )
    record = looked_at(bring_sheet(network, admin, again))
    assert reasons(record) == [(2, "left", "person")]
    assert fates(record)["new"] == 1


def test_what_was_not_asked_for_is_not_written(network: Network, admin: Person, module: Module) -> None:
    data = csv_of(HEADERS, ("مهر", "مریم", TITLE, "1403/1/1", "", ""))
    record = looked_at(bring_sheet(network, admin, data), [Kind.PEOPLE, Kind.COMPLETIONS])
    assert reasons(record) == [(2, "no_organization", "organization")]
    make_organization(network, names={"fa": "مهر"})
    assert reasons(looked_at(record, [Kind.ORGANIZATIONS, Kind.COMPLETIONS])) == [(2, "no_such_person", "person")]
    record = written(looked_at(record, [Kind.PEOPLE, Kind.MEMBERSHIPS]))
    assert count(Membership) == 1
    assert not count(ModuleCompletion)


def test_an_organization_is_completed_only_where_nobody_manages_it(network: Network, admin: Person) -> None:
    free = make_organization(network, names={"fa": "مهر"})
    led = make_organization(network, names={"fa": "کویر"})
    grant(make_member(led), Role.MANAGER, organization=led)
    header = ("سازمان", "organization en", "شهر", "کشور", "عضو شبکه از")
    data = csv_of(
        header, *((name, f"N {name}", "تهران", "ایران", "") for name in ("مهر", "کویر")), ("نو", "", "", "", "1400/1/1")
    )
    record = looked_at(bring_sheet(network, admin, data))
    assert fates(record) == {"changed": 1, "known": 1, "new": 1}
    written(record)
    db.session.expire_all()
    assert free.names == {"fa": "مهر", "en": "N مهر"}
    assert (free.city, free.country) == ({"fa": "تهران"}, "IR")
    assert "n مهر" in free.folded
    assert led.names == {"fa": "کویر"}
    since = select(NetworkMembership.starts_on).order_by(NetworkMembership.id.desc()).limit(1)
    assert db.session.scalar(since) == date(2021, 3, 21)


def test_an_organization_that_left_comes_back_unless_it_left_by_itself(network: Network, admin: Person) -> None:
    for name, by_itself in (("مهر", False), ("کویر", True)):
        organization = make_organization(network, names={"fa": name})
        link = db.session.scalars(
            select(NetworkMembership).where(NetworkMembership.organization_id == organization.id)
        ).one()
        with write_unit():
            end_network_membership(link, actor_id=admin.id, now=now())
            link.left_by_itself = by_itself
    record = looked_at(bring_sheet(network, admin, csv_of(("سازمان",), ("مهر",), ("کویر",))))
    assert fates(record) == {"wrong": 1, "new": 1}
    written(record)
    assert [link.ends_on for link in db.session.scalars(select(NetworkMembership).order_by(NetworkMembership.id))] == [
        None,
        today(),
    ]


def test_undoing_takes_all_back_but_what_was_used(network: Network, admin: Person, module: Module) -> None:
    data = csv_of(
        HEADERS,
        *((f"O{n % 2}", f"P{n}", TITLE, "1403/1/1", "", "") for n in range(4)),
        ("O2", "", "", "", "", ""),
    )
    record = written(looked_at(bring_sheet(network, admin, data)))
    used = named("P0")
    with write_unit() as session:
        session.execute(update(Person).where(Person.id == used.id).values(password_hash="x"))
    record = undone(record)
    assert record.state == ImportState.UNDONE
    assert set(record.kept) == {"people", "organizations"}
    assert record.kept["people"] == [used.id]
    assert [p.display_name for p in people() if p.erased_at is None and p.id > admin.id] == []
    assert [m.person_id for m in db.session.scalars(select(Membership))] == [used.id]
    assert [c.person_id for c in db.session.scalars(select(ModuleCompletion))] == [used.id]
    assert count(NetworkMembership) == 1
    assert [n.person_id for n in db.session.scalars(select(Notice))] == [used.id]
    again = looked_at(bring_sheet(network, admin, data))
    assert fates(again) == {"new": 4, "known": 1}, "it can be brought in again"


def test_the_counters_of_the_reports_follow(network: Network, admin: Person, module: Module) -> None:
    left = make_organization(network, names={"fa": "رفته"})
    make_member(left)
    link = db.session.scalars(select(NetworkMembership)).one()
    with write_unit():
        end_network_membership(db.session.get_one(NetworkMembership, link.id), actor_id=admin.id, now=now())
        session_link = db.session.get_one(NetworkMembership, link.id)
        session_link.starts_on, session_link.ends_on = date(2020, 1, 1), today()
    lines = [(f"O{n % 2}", f"P{n % 5}", TITLE if n % 3 else "", f"140{n % 4}/1/1", "", f"t{n}") for n in range(12)]
    record = written(
        looked_at(bring_sheet(network, admin, csv_of(HEADERS, *lines, ("رفته", "P9", TITLE, "1403/1/1", "", ""))))
    )
    assert count(ModuleCompletion) > 3
    assert not list(differences())
    moved = csv_of(("سازمان", "نام", "از", "تا"), ("O0", "P0", "1402/1/1", "1403/1/1"))
    assert fates(written(looked_at(bring_sheet(network, admin, moved)))) == {"changed": 1}
    assert not list(differences())
    undone(record)
    assert not count(ModuleCompletion)
    assert not list(differences())


def test_certification_notices_once_for_all(app: Flask, network: Network, admin: Person, module: Module) -> None:
    make_scheme(network)
    data = csv_of(HEADERS, *((f"O{n % 2}", f"P{n}", TITLE, "1403/1/1", "", "") for n in range(4)))
    record = written(looked_at(bring_sheet(network, admin, data)))
    events = db.session.scalars(select(EventRow).where(EventRow.name == "facts_imported").order_by(EventRow.id)).all()
    assert [(e.payload["people"], e.payload["last"]) for e in events] == [(4, False), (0, True)]
    assert not list(
        db.session.scalars(select(EventRow).where(EventRow.name.in_(("member_joined", "module_completed"))))
    )
    jobs = db.session.scalars(select(Job).where(Job.unique_key.contains("after import"))).all()
    assert len(jobs) == 1
    db.session.rollback()
    run_due(app, ("follow_cycles",))
    assert count(KeptStanding) == 2
    undone(record)
    run_due(app, ("follow_cycles",))
    assert not count(KeptStanding)


def test_the_sheet_goes_when_it_is_done_and_all_goes_after_a_fortnight(network: Network, admin: Person) -> None:
    record = looked_at(bring_sheet(network, admin, csv_of(HEADERS[:2], ("مهر", "مریم"))))
    assert {record.file_key, record.preview_key} <= needed_keys()
    record = written(record)
    assert record.file_key is None
    assert record.head == []
    assert record.preview_key in needed_keys()
    with write_unit():
        assert let_old_files_go(now() + timedelta(days=13)) == 0
        assert let_old_files_go(now() + timedelta(days=15)) == 1
    assert fresh(record).preview_key is None
    let_imports_go({})


def test_a_matching_is_remembered_by_network_and_headers(network: Network, admin: Person) -> None:
    header = ("ستون یک", "ستون دو", "نام")
    record = bring_sheet(network, admin, csv_of(header, ("مریم", "مهر", "x")))
    assert record.columns == ["", "", "person"]
    record = written(looked_at(record, columns=["person", "organization", ""]))
    assert named("مریم")
    turned = ("ستون دو", "نام", "ستون يك", "Reason")
    assert bring_sheet(network, admin, csv_of(turned, ("a", "b", "c", "d"))).columns == [
        "organization",
        "",
        "person",
        "",
    ]
    other = make_network()
    assert bring_sheet(other, None, csv_of(header, ("a", "b", "c"))).columns == ["", "", "person"]
    kept = db.session.scalars(select(ImportMatching)).one()
    assert all(re.fullmatch("[0-9a-f]{64}", text) for text in (kept.headers, *kept.columns)), "by hashes alone"


def test_statements_do_not_grow_with_rows(network: Network, admin: Person, module: Module) -> None:
    def cost(name: str, size: int) -> int:
        lines = ((f"{name}", f"{name}{n}x", TITLE, "1403/1/1", "", "") for n in range(size))
        record = looked_at(bring_sheet(network, admin, csv_of(HEADERS, *lines)))
        with counted_statements() as seen:
            written(record)
        return len(seen)

    cost("zero", 1)
    assert cost("one", 20) == cost("two", 200)


def test_a_run_that_begins_again_writes_nothing_twice(
    network: Network, admin: Person, module: Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lms.imports.bulk import working

    monkeypatch.setattr(working, "BATCH", 3)
    lines = [(f"O{n % 2}", f"P{n % 7}", TITLE if n % 3 else "", "1403/1/1", "", f"t{n}") for n in range(16)]
    record = looked_at(bring_sheet(network, admin, csv_of(HEADERS, *lines)))
    expected = fates(record)
    written(record)
    whole = [count(model) for model in (Organization, Person, Membership, ModuleCompletion)]
    batches = db.session.scalars(select(ImportBatch)).all()
    assert len(batches) == 6
    counted = {fate: sum(b.made["fates"][fate] for b in batches) for fate in expected}
    assert counted == expected, "the deed did what the preview said"
    again = looked_at(bring_sheet(network, admin, csv_of(HEADERS, *lines)))
    assert "new" not in fates(again)
    written(again)
    assert [count(model) for model in (Organization, Person, Membership, ModuleCompletion)] == whole


def test_the_end_of_a_membership_counts_from_its_day(network: Network, admin: Person) -> None:
    header = ("organization", "name", "from", "to")
    record = looked_at(bring_sheet(network, admin, csv_of(header, ("A", "P", "", "1403/1/1"))))
    assert reasons(record) == [(2, "no_first_day", "from")]


def test_what_begins_without_a_day_counts_at_once(network: Network, admin: Person) -> None:
    written(looked_at(bring_sheet(network, admin, csv_of(HEADERS[:2], ("مهر", "مریم")))))
    assert db.session.scalars(select(Membership)).one().covers(today())
    assert db.session.scalars(select(NetworkMembership)).one().covers(today())


def test_the_manager_lets_an_imported_person_in(network: Network, admin: Person) -> None:
    written(looked_at(bring_sheet(network, admin, csv_of(HEADERS[:2], ("مهر", "مریم")))))
    person, organization = named("مریم"), db.session.scalars(select(Organization)).one()
    manager = grant(make_member(organization), Role.MANAGER, organization=organization)
    assert may_make_reset_code(person, actor_of(manager.id), today())
    with write_unit():
        code = make_reset_code(person, actor_of(manager.id), now())
        reset_password(person, reset_by_code(person, code, now()), "hashed", now())
    again = csv_of(HEADERS[:2], ("مهر", "مریم"), ("کویر", "مریم"))
    record = looked_at(bring_sheet(network, admin, again))
    assert fates(record) == {"known": 1, "doubtful": 1}, "her account is her own now"
