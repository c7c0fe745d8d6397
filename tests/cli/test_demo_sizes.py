"""`lms demo --size`: a large network, the same one whenever it is made, whole and consistent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.accounts.passwords import password_matches
from lms.checks import checks
from lms.cli import differences  # noqa: F401 (registers its checks)
from lms.cli.demo import SIZES as OFFERED
from lms.clock import now, today
from lms.db import db
from lms.demo import DemoRefused, load_demo
from lms.demo.load import PASSWORD
from lms.demo.sizes import SIZES
from lms.demo.sizes.curriculum import MODULES, tree_of_topic
from lms.demo.sizes.texts import TOPICS
from lms.organizations.models import Grant, Membership, Network, Organization
from lms.progress.models import Enrolment, Gain, LessonCompletion, ModuleCompletion
from lms.reports.queries.modules import modules_of
from lms.training.checks import check_tree
from tests.databases import Databases
from tests.factories import make_person
from tests.page import PageClient
from tests.roles_pages import account, main_pages

BULK = (Person, Organization, Membership, Enrolment, LessonCompletion, ModuleCompletion, Gain)


def count(*conditions: Any, of: Any) -> int:
    """How many rows of a model meet the conditions."""
    return db.session.scalar(select(func.count()).select_from(of).where(*conditions)) or 0


def rows(model: Any) -> list[tuple[Any, ...]]:
    """Every row in the order of the keys, but those of the accounts: the product's own services drew their keys."""
    accounts = select(Person.id).where(Person.sign_in_name.not_like("demo-%"), Person.erased_at.is_(None))
    query = select(*model.__table__.columns).order_by(model.id)
    owner = {Person: Person.id}.get(model, getattr(model, "person_id", None))
    found = db.session.execute(query if owner is None else query.where(owner.not_in(accounts)))
    return [tuple(row) for row in found]


def test_a_thousand_people_are_as_many_as_said_and_whole(client: PageClient) -> None:
    told: dict[str, list[int]] = {}

    @contextmanager
    def noting(label: str, length: int) -> Iterator[Callable[[int], None]]:
        told[label] = [length]
        yield told[label].append

    lines = load_demo(random_passwords=False, size="1k", progress=noting)

    assert [line.split()[0] for line in lines[1:]] == ["admin", "trainer", "manager", "learner"]
    assert all(password_matches(account(name).password_hash, PASSWORD) for name in ("admin", "learner"))
    assert all(steps[0] == sum(steps[1:]) for steps in told.values()), "each bar comes to its end"
    assert set(told) == {"People", "Earlier certificates", "Certificates", "Counters of the reports"}

    assert (count(of=Person), count(of=Organization)) == (1_000, 25)
    assert 0 < count(Person.erased_at.is_not(None), of=Person) < 20
    assert 0 < count(Membership.confirmed_at.is_(None), of=Membership) < 60
    assert 20 < count(Membership.ends_on.is_not(None), of=Membership) < 120
    in_two = select(Membership.person_id).group_by(Membership.person_id).having(func.count() > 1).subquery()
    assert 5 < count(of=in_two) < 40
    sizes = sorted(
        db.session.scalars(select(func.count()).select_from(Membership).group_by(Membership.organization_id))
    )
    assert sizes[-1] > 5 * sizes[len(sizes) // 2] > 5 * sizes[0] > 0
    assert count(Grant.role == "manager", of=Grant) == 26, "one of each organization, and the account"
    assert {row.country for row in db.session.scalars(select(Organization))} >= {"IR", "IQ", "AF", "LB", "BH"}
    assert set(db.session.scalars(select(Person.language))) == {"fa", "ar", "en"}
    _learned_less_from_module_to_module()
    found = {title: list(check()) for title, check in checks().items() if title != "migrations"}
    assert not any(found.values()), found
    _pages_open_for_each_account(client.app)
    # What comes later gets the keys that follow.
    make_person()


def _pages_open_for_each_account(app: Flask) -> None:
    pages = main_pages()
    for name in ("learner", "manager", "trainer", "admin"):
        browser = PageClient(app).sign_in(account(name))
        for page in pages:
            if page.account == name:
                browser.get(page.path)


def _learned_less_from_module_to_module() -> None:
    modules = [module.id for module in modules_of(db.session.scalars(select(Network.id)).one())]
    assert len(modules) == MODULES
    completed = [count(ModuleCompletion.module_id == id_, of=ModuleCompletion) for id_ in modules]
    assert all(later < earlier for earlier, later in pairwise(completed))
    assert completed[0] > 500
    assert 20 < completed[-1] < 200
    begun = count(of=Enrolment) - count(of=ModuleCompletion)
    assert begun > 200, "many are under way"
    assert count(of=LessonCompletion) > begun / 2
    first, last = db.session.execute(
        select(func.min(ModuleCompletion.occurred_at), func.max(ModuleCompletion.occurred_at))
    ).one()
    assert first > now() - timedelta(days=770)
    assert last.date() < today()
    scores = set(db.session.scalars(select(ModuleCompletion.score)))
    assert None in scores, "a module without a quiz"
    assert len(scores) > 5


def test_whoever_makes_it_twice_has_the_same_and_it_is_known_again(app: Flask, store: Databases) -> None:
    load_demo(random_passwords=True, size="1k")
    first = {model: rows(model) for model in BULK}
    db.session.remove()
    db.engine.dispose()
    store.restore()
    load_demo(random_passwords=False, size="1k")
    assert {model: rows(model) for model in BULK} == first
    assert all(len(found) > 20 for found in first.values())
    assert len({each.display_name for each in db.session.scalars(select(Person))}) > 500

    # As `lms start --lan --demo` does it.
    assert PASSWORD not in "".join(load_demo(random_passwords=True))
    assert not password_matches(account("admin").password_hash, PASSWORD)
    load_demo(random_passwords=False, size="1k")
    with pytest.raises(DemoRefused):
        load_demo(random_passwords=False, size="10k")
    assert count(of=Person) == 1_000


def test_it_is_refused_where_somebody_is(app: Flask) -> None:
    make_person()
    with pytest.raises(DemoRefused):
        load_demo(random_passwords=False, size="1k")
    assert count(of=Person) == 1


@pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.name)
def test_everybody_has_a_place(size: Any) -> None:
    counts = size.headcounts(size.people)
    assert sum(counts) == size.people
    assert len(counts) == size.organizations
    assert min(counts) >= 3
    assert counts[0] == max(counts) > 5 * sorted(counts)[len(counts) // 2]
    assert size.headcounts(size.people) == counts


def test_the_command_offers_every_size() -> None:
    assert tuple(SIZES) == OFFERED


def test_the_modules_that_it_makes_are_whole(app: Flask) -> None:
    for with_quiz in (False, True):
        for topic in TOPICS:
            assert check_tree(tree_of_topic(*topic, with_quiz=with_quiz)) == []
