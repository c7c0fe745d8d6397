"""What the studio shows of draws from the bank: how large each pool is, what is unfit, what the published one lacks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from lms.authoring.addresses import address_of_item
from lms.authoring.drafts.banks import find_bank
from lms.authoring.drafts.fields import TITLE, field_key
from lms.authoring.drafts.pools import Group, Pool, Pools, pools_of
from lms.authoring.hindrances import Hindrance
from lms.authoring.labels import LANGUAGES as LANGUAGE_LABELS
from lms.authoring.labels import prompt_of
from lms.db import db
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.training.canonical import canonical
from lms.training.models import Draft, DraftItem, DraftPart, DraftText, Module

MOST_TAGS = 40


@dataclass(frozen=True)
class Moved:
    """How a bank differs from what was pinned of it: numbers of questions."""

    new: int
    changed: int
    gone: int


@dataclass(frozen=True)
class PoolFacts:
    """A pool as it is now. A case study with the questions about it counts once: it is drawn as one."""

    there: int
    #: How many are whole, by language.
    fit: Mapping[str, int]
    #: What is not whole in a language in which others are, or in none.
    unfit: Sequence[Hindrance]


@dataclass(frozen=True)
class Offer:
    """What there is to draw from: folders by key, tags, and what each pool of the quiz holds now, by its id."""

    folders: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    facts: Mapping[str, PoolFacts] = field(default_factory=dict)
    moved: Moved | None = None


def offer_for(part: DraftPart) -> Offer:
    """What a quiz can draw from; in a fixed number of statements."""
    module = part.draft.module
    bank = find_bank(module.network_id)
    if bank is None or bank.draft is None:
        return Offer()
    pools = pools_of(part.draft, [part])
    facts = {pool.id: facts_of(pool) for pool in pools.get(part.key, ())}
    return Offer(_folder_names(bank.draft), _tags(bank.draft), facts, moved_since(module, pools).get(part.key))


def _folder_names(bank: Draft) -> dict[str, str]:
    rows = db.session.execute(
        select(DraftPart.key, DraftText.body)
        .join(DraftItem, DraftItem.part_id == DraftPart.id)
        .join(DraftText, DraftText.item_id == DraftItem.id)
        .where(DraftPart.draft_id == bank.id, DraftPart.removed_at.is_(None), DraftItem.key == field_key(TITLE))
        .order_by(DraftPart.position, DraftPart.id)
    )
    return {row.key: str(row.body["text"]) for row in rows}


def _tags(bank: Draft) -> list[str]:
    """The tags of its questions, the most frequent first."""
    tags = db.session.scalars(
        select(DraftItem.settings["tags"])
        .join(DraftPart)
        .where(DraftPart.draft_id == bank.id, DraftPart.removed_at.is_(None), DraftItem.removed_at.is_(None))
    )
    return [tag for tag, _n in Counter(tag for some in tags for tag in some or ()).most_common(MOST_TAGS)]


def facts_of(pool: Pool) -> PoolFacts:
    """What is to be known of a pool."""
    fit = {code: len(pool.fit([code])) for code in LANGUAGES}
    used = [code for code in LANGUAGES if fit[code]] or list(LANGUAGES)
    return PoolFacts(len(pool.groups), fit, [_lacking(group, pool, used) for group in pool.unfit(used)])


def _lacking(group: Group, pool: Pool, languages: Sequence[str]) -> Hindrance:
    """What is wrong whatever the language, else the languages in which it is not whole."""
    at = pool.groups.index(group)
    wrong = {code: {problem.message: None for problem in pool.problems([code])[at]} for code in languages}
    lacks = [code for code in languages if wrong[code]]
    names = reader().join([str(LANGUAGE_LABELS[code]) for code in lacks or languages])
    always = [message for message in wrong[languages[0]] if all(message in said for said in wrong.values())]
    message = always[0] if always else _("Missing or unfinished in %(languages)s.", languages=names)
    return Hindrance(prompt_of(group[0]), message, address_of_item(group[0].part, group[0]))


def left_out(pools: Pools, languages: Sequence[str]) -> list[Hindrance]:
    """What publishing in these languages leaves in the bank, since it is not whole in all of them."""
    return [
        _lacking(group, pool, languages) for some in pools.values() for pool in some for group in pool.unfit(languages)
    ]


def moved_since(module: Module, pools: Pools) -> dict[str, Moved]:
    """How the bank has moved on since the current version was published, by key of the quizzes of which it has."""
    current = module.current_version
    if current is None or not pools:
        return {}
    languages = [code for code in LANGUAGES if code in current.manifest["languages"]]
    published = current.tree["quizzes"]
    found = {key: _moved(published[key], some, languages) for key, some in pools.items() if key in published}
    return {key: moved for key, moved in found.items() if moved is not None}


def _moved(quiz: Mapping[str, Any], pools: Sequence[Pool], languages: Sequence[str]) -> Moved | None:
    """Of the pools that the quiz had then and has now."""
    known = {rule["id"] for rule in quiz.get("pools", [])} & {pool.id for pool in pools}
    then = {question["id"]: question for question in quiz["questions"] if question.get("pool") in known}
    pinned = [question for pool in pools if pool.id in known for question in pool.pinned(languages)]
    now = {question["id"]: canonical(question) for question in pinned}
    moved = Moved(
        new=len(now.keys() - then.keys()),
        changed=sum(now[key] != then[key] for key in now.keys() & then.keys()),
        gone=len(then.keys() - now.keys()),
    )
    return moved if moved != Moved(0, 0, 0) else None
