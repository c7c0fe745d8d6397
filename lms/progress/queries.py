"""Reads of progress: where a person stands in every module that she can see. The number of statements is fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Row,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from lms.clock import today
from lms.db import db, read
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.queries import in_force
from lms.progress.models import Enrolment, LessonCompletion, ModuleCompletion
from lms.progress.states import Item, KitState, ModuleState, with_entry_left_out
from lms.quizzes.models import Attempt, QuizVersion
from lms.training.models import Kit, KitModule, Module, ModuleVersion, PartKind
from lms.training.published import Published, published

PERSON: BindParameter[int] = bindparam("person")
DAY: BindParameter[date] = bindparam("day", type_=Date())
# The statements of this room are built once: every page of every learner asks them.
_HER_NETWORKS = (
    select(NetworkMembership.network_id)
    .join(Membership, Membership.organization_id == NetworkMembership.organization_id)
    .where(
        Membership.person_id == PERSON,
        Membership.confirmed_at.is_not(None),
        in_force(Membership, DAY),
        in_force(NetworkMembership, DAY),
    )
)
#: A person may read the site's modules, and those of the networks of her organizations.
MAY_READ = and_(
    Module.archived_at.is_(None),
    Module.current_version_id.is_not(None),
    or_(Module.network_id.is_(None), Module.network_id.in_(_HER_NETWORKS)),
)


@dataclass(frozen=True)
class _Facts:
    """What a person has done, by module."""

    lessons: set[tuple[int, str]]
    completions: dict[int, tuple[datetime, float | None]]
    begun: set[tuple[int, str]]
    passed: set[tuple[int, str]]


# Everything that is behind her: modules (whose columns give the types), lessons by module, quizzes by edition, and
# those that she has begun.
_DONE: CompoundSelect[Any] = union_all(
    select(
        literal("module").label("what"),
        ModuleCompletion.module_id.label("owner"),
        literal("").label("key"),
        func.min(ModuleCompletion.occurred_at).label("at"),
        func.max(ModuleCompletion.score).label("score"),
    )
    .where(ModuleCompletion.person_id == PERSON)
    .group_by(ModuleCompletion.module_id),
    select(literal("lesson"), LessonCompletion.module_id, LessonCompletion.lesson_key, null(), null()).where(
        LessonCompletion.person_id == PERSON
    ),
    select(
        case((Attempt.passed.is_(True), "quiz"), else_="begun"),
        ModuleVersion.edition_id,
        QuizVersion.key,
        null(),
        null(),
    )
    .join(QuizVersion, QuizVersion.module_version_id == ModuleVersion.id)
    .join(Attempt, Attempt.quiz_version_id == QuizVersion.id)
    .where(Attempt.person_id == PERSON),
)


def _facts(person_id: int) -> _Facts:
    facts = _Facts(set(), {}, set(), set())
    for row in read(_DONE, person=person_id):
        if row.what == "lesson":
            facts.lessons.add((row.owner, row.key))
        elif row.what in {"quiz", "begun"}:
            facts.begun.add((row.owner, row.key))
            if row.what == "quiz":
                facts.passed.add((row.owner, row.key))
        else:
            facts.completions[row.owner] = (row.at, row.score)
    return facts


def _items(module_id: int, version: Published, facts: _Facts) -> tuple[Item, ...]:
    found = []
    for entry in version.sequence:
        kind = PartKind.LESSON if "lesson" in entry else PartKind.QUIZ
        key = entry[kind]
        done = (
            (module_id, key) in facts.lessons if kind is PartKind.LESSON else (version.edition_id, key) in facts.passed
        )
        found.append(Item(kind, key, entry.get("required", True), done, entry.get("before", "")))
    if not any(item.before for item in found):
        return tuple(found)
    learned = module_id in facts.completions or any(owner == module_id for owner, _key in facts.lessons)
    begun = {item.key for item in found if (version.edition_id, item.key) in facts.begun}
    return with_entry_left_out(found, begun, learned=learned)


def _states(rows: Sequence[Row[Any]], facts: _Facts) -> list[ModuleState]:
    versions = published(row.uid for row in rows)
    return [_state(row, facts, versions[row.uid]) for row in rows]


def _state(row: Row[Any], facts: _Facts, version: Published) -> ModuleState:
    completed_at, score = facts.completions.get(row.id, (None, None))
    return ModuleState(
        id=row.id,
        public_id=row.public_id,
        titles=row.titles,
        summaries=version.summaries,
        languages=version.languages,
        minutes=version.minutes,
        version_id=row.version_id,
        version_uid=row.uid,
        current_version_id=row.current_version_id,
        items=_items(row.id, version, facts),
        started_at=row.started_at,
        last_place=row.last_place or "",
        last_at=row.last_at,
        completed_at=completed_at,
        score=score,
        kit_id=row.kit_id,
        waits_for=tuple(other for other in row.after or () if other not in facts.completions),
    )


_READABLE = (
    select(
        Module.id,
        Module.public_id,
        Module.titles,
        Module.current_version_id,
        ModuleVersion.id.label("version_id"),
        ModuleVersion.uid,
        Enrolment.occurred_at.label("started_at"),
        Enrolment.last_place,
        Enrolment.last_at,
        KitModule.kit_id,
        KitModule.after,
    )
    .outerjoin(Enrolment, and_(Enrolment.module_id == Module.id, Enrolment.person_id == PERSON))
    # The version that she has begun, else the current one.
    .join(ModuleVersion, ModuleVersion.id == func.coalesce(Enrolment.version_id, Module.current_version_id))
    .outerjoin(KitModule, KitModule.module_id == Module.id)
    .outerjoin(Kit, Kit.id == KitModule.kit_id)
    .where(MAY_READ)
    .order_by(Kit.position, Kit.id, KitModule.position, Module.id)
)
_MODULES = _READABLE.add_columns(Kit.titles.label("kit_titles"), Kit.summaries.label("kit_summaries"))
_MODULE = _READABLE.where(Module.public_id == bindparam("module"))
#: What must be done before a module, once for each kit that it stands in: what most may begin at once asks no more.
_PLACES = (
    select(KitModule.after)
    .select_from(Module)
    .outerjoin(KitModule, KitModule.module_id == Module.id)
    .where(MAY_READ, Module.id == bindparam("module"))
)
_MODULE_BY_ID = _READABLE.where(Module.id == bindparam("module"))


def completions_among(module_id: int, person_ids: Sequence[int]) -> int:
    """How many of these people have completed a module, in any edition."""
    people = select(func.count(ModuleCompletion.person_id.distinct())).where(
        ModuleCompletion.module_id == module_id, ModuleCompletion.person_id.in_(person_ids)
    )
    return db.session.scalar(people) or 0


def kits_of(person_id: int) -> list[KitState]:
    """Every kit that she can see with her progress; modules of no kit stand in a last one without id."""
    rows = read(_MODULES, person=person_id, day=today()).all()
    kits: dict[int | None, tuple[Row[Any], list[ModuleState]]] = {}
    for row, state in zip(rows, _states(rows, _facts(person_id)), strict=True):
        kits.setdefault(row.kit_id, (row, []))[1].append(state)
    alone = kits.pop(None, None)
    states = [KitState(kit_id, row.kit_titles, row.kit_summaries, tuple(m)) for kit_id, (row, m) in kits.items()]
    if alone is not None:
        states.append(KitState(None, {}, {}, tuple(alone[1])))
    return states


def module_state(person_id: int, public_id: str) -> ModuleState | None:
    """Where she stands in the module of that public id, or None where she may not read it."""
    return _most_open(read(_MODULE, person=person_id, day=today(), module=public_id).all(), person_id)


def is_open_to(person_id: int, module_id: int) -> bool:
    """Whether she may read a module: it is there for her, and what comes before it is done."""
    places = read(_PLACES, person=person_id, day=today(), module=module_id).scalars().all()
    if not places or not all(places):
        return bool(places)
    state = _most_open(read(_MODULE_BY_ID, person=person_id, day=today(), module=module_id).all(), person_id)
    return state is not None and state.state != "locked"


def _most_open(rows: Sequence[Row[Any]], person_id: int) -> ModuleState | None:
    """A module that stands in two kits is open as soon as one of them opens it."""
    if not rows:
        return None
    return min(_states(rows, _facts(person_id)), key=lambda state: len(state.waits_for))
