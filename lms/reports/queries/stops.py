"""Where learners stop in a module: how many read each lesson of its current edition, and where some stand still."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from lms.accounts.models import Person
from lms.certification.queries import local_day
from lms.db import Texts, db
from lms.organizations.models import Membership, Network
from lms.organizations.queries.belonging import confirmed_on
from lms.progress.models import Enrolment, LessonCompletion, ModuleCompletion
from lms.quizzes.models import Attempt, QuizVersion
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.people import organizations_of
from lms.training.models import LessonVersion, Module, ModuleVersion

STANDS_STILL = timedelta(days=14)
"""After so long without opening anything of the module somebody stands still."""
ELSEWHERE = ""
"""Where those stand who are under way: not still, or at a place that the edition has no more."""


@dataclass(frozen=True)
class Stop:
    """A lesson or quiz: people who read or passed it, and who stand still there; None is not shown."""

    kind: str
    titles: Texts
    done: int | None
    standing: int | None


@dataclass(frozen=True)
class Stops:
    """A module's way, in its order; people who belong to the network today and are on the current edition."""

    begun: int
    completed: int
    stops: tuple[Stop, ...]


def stops_of(network: Network, module: ReportModule, now: datetime) -> Stops:
    """The way of a module with small groups left out. Ten statements, whatever the number of people."""
    version = db.session.execute(
        select(ModuleVersion.id, ModuleVersion.edition_id, ModuleVersion.manifest)
        .join(Module, Module.current_version_id == ModuleVersion.id)
        .where(Module.id == module.id)
    ).one()
    on_it = _on_edition(network, module.id, version.edition_id, now)
    people = on_it.with_only_columns(Enrolment.person_id)
    begun = db.session.scalar(select(func.count()).select_from(people.subquery())) or 0
    completion = select(ModuleCompletion.id).where(
        ModuleCompletion.person_id == Enrolment.person_id, ModuleCompletion.edition_id == version.edition_id
    )
    completed = db.session.scalar(select(func.count()).select_from(people.where(completion.exists()).subquery())) or 0
    # Whoever leaves the entry quiz out has not stopped there.
    sequence = [item for item in version.manifest["sequence"] if "before" not in item]
    keys = [("lesson", item["lesson"]) if "lesson" in item else ("quiz", item["quiz"]) for item in sequence]
    # Completions that were brought in, or earned before, have no lessons: they stand for all that is required.
    required = [item.get("required", True) for item in sequence]
    read = _done(module.id, people, keys), _done(module.id, people.where(~completion.exists()), keys)
    numbers = [
        completed + others if is_required else all_ for all_, others, is_required in zip(*read, required, strict=True)
    ]
    done = shown_on_the_way([begun, completed], numbers, network.threshold)
    still = on_it.where(~completion.exists(), Enrolment.last_at < now - STANDS_STILL)
    standing = _standing(still, keys, begun - completed, network.threshold)
    titles = _titles(version.id)
    stops = (
        Stop(key[0], titles.get(key, {"en": key[1]}), done[place], standing[place]) for place, key in enumerate(keys)
    )
    return Stops(begun, completed, tuple(stops))


Key = tuple[str, str]
"""("lesson" or "quiz", its key)."""


def _on_edition(network: Network, module_id: int, edition_id: int | None, now: datetime) -> Select[Any]:
    """Enrolments on an edition of those who belong to the network today."""
    day = local_day(network, now)
    members = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organization_id.in_(organizations_of(network.id, day)),
            confirmed_on(day),
            Person.erased_at.is_(None),
        )
    )
    return (
        select(Enrolment.last_place)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.version_id)
        .where(
            Enrolment.module_id == module_id,
            ModuleVersion.edition_id == edition_id,
            Enrolment.person_id.in_(members),
        )
    )


def _done(module_id: int, people: Select[Any], keys: list[Key]) -> list[int]:
    """How many of the people read each lesson or passed each quiz."""
    lessons = db.session.execute(
        select(LessonCompletion.lesson_key, func.count())
        .where(LessonCompletion.module_id == module_id, LessonCompletion.person_id.in_(people))
        .group_by(LessonCompletion.lesson_key)
    )
    quizzes = db.session.execute(
        select(QuizVersion.key, func.count(Attempt.person_id.distinct()))
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
        .where(ModuleVersion.module_id == module_id, Attempt.passed.is_(True), Attempt.person_id.in_(people))
        .group_by(QuizVersion.key)
    )
    found = {("lesson", key): number for key, number in lessons} | {("quiz", key): number for key, number in quizzes}
    return [found.get(key, 0) for key in keys]


def _standing(still: Select[Any], keys: list[Key], under_way: int, threshold: int) -> list[int | None]:
    """How many stand still at each place; the others who are under way are a group as well."""
    places: Counter[str] = Counter()
    for place, number in db.session.execute(
        still.with_only_columns(Enrolment.last_place, func.count()).group_by(Enrolment.last_place)
    ):
        places[place.partition("#")[0]] += number
    parts = {f"{kind}/{key}": places[f"{kind}/{key}"] for kind, key in keys}
    parts[ELSEWHERE] = under_way - sum(parts.values())
    gone = hidden_parts(parts, threshold)
    return [None if f"{kind}/{key}" in gone else parts[f"{kind}/{key}"] for kind, key in keys]


def shown_on_the_way(known: list[int], numbers: list[int], threshold: int) -> list[int | None]:
    """Numbers along a way, those left out that are too near to another: a small group read the one and not the other.

    `known` are shown anyway; nobody is known as well.
    """
    shown, found = [0, *known], list[int | None]()
    for number in numbers:
        is_near = any(0 < abs(number - other) < threshold for other in shown)
        found.append(None if is_near else number)
        if not is_near:
            shown.append(number)
    return found


def hidden_parts(parts: dict[str, int], threshold: int) -> set[str]:
    """Parts of a number that is known: the small ones, and the next until two are hidden that are together no small
    group; all of them where the whole is one."""
    used = sorted((key for key, number in parts.items() if number), key=lambda key: (parts[key], key))
    if not used or parts[used[0]] >= threshold:
        return set()
    for number in range(2, len(used) + 1):
        if sum(parts[key] for key in used[:number]) >= threshold and all(
            parts[key] >= threshold for key in used[number:]
        ):
            return set(used[:number])
    return set(parts)


def _titles(version_id: int) -> dict[Key, Texts]:
    lessons = db.session.execute(
        select(LessonVersion.key, LessonVersion.titles).where(LessonVersion.module_version_id == version_id)
    )
    quizzes = db.session.execute(
        select(QuizVersion.key, QuizVersion.titles).where(QuizVersion.module_version_id == version_id)
    )
    return {("lesson", key): titles for key, titles in lessons} | {("quiz", key): titles for key, titles in quizzes}
