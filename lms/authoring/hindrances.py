"""What keeps a module, or one of its languages, from being published; each with the page that mends it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.authoring.addresses import address_of_item, address_of_part
from lms.authoring.drafts.fields import TITLE, field_key, is_field
from lms.authoring.drafts.pools import Pools, rules_of
from lms.authoring.drafts.states import Figures, State, state_of
from lms.authoring.drafts.texts import by_language
from lms.authoring.drafts.writing_trees import tree_of_parts
from lms.authoring.labels import LANGUAGES as LANGUAGE_LABELS
from lms.authoring.labels import label_of, type_label
from lms.authoring.pairs import figures_of, summed
from lms.db import text_of
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import language as readers_language
from lms.i18n import reader
from lms.training.checks import Problem, check_tree
from lms.training.models import Draft, DraftItem, DraftPart, PartKind

BEFORE = "before"
"""Where a quiz says that it is an entry quiz."""
_FILE = re.compile(r"(?:lessons|quizzes)/([a-z0-9-]+)(?:/(..)\.md)?")


@dataclass(frozen=True)
class Hindrance:
    """Something to be mended: where (in words, and its page), and what."""

    place: str
    message: str
    address: str
    #: Where it is in the way of one language alone.
    language: str = ""


@dataclass(frozen=True)
class Readiness:
    """How near a draft is to being published."""

    figures: dict[str, Figures]
    #: Languages in which nothing is missing.
    complete: list[str]
    missing: list[Hindrance]
    #: What is wrong with the complete languages.
    problems: list[Hindrance]

    @property
    def hindrances(self) -> list[Hindrance]:
        """All that is in the way."""
        return [*self.missing, *self.problems]

    @property
    def faulty(self) -> set[str]:
        """Complete languages in which something is to be mended."""
        return {code for code in self.complete for each in self.problems if each.language in ("", code)}


def kept_items(part: DraftPart) -> list[DraftItem]:
    """Its items without those deleted."""
    return [item for item in part.items if item.removed_at is None]


def readiness_of(draft: Draft, parts: Sequence[DraftPart], pools: Pools | None = None) -> Readiness:
    """Figures of all languages, and everything that hinders those that were begun."""
    figures = summed(figures_of(kept_items(part), draft.source_language) for part in parts)
    begun = [code for code in LANGUAGES if figures[code].current + figures[code].stale]
    complete = [code for code in begun if not figures[code].missing]
    missing = [hindrance for part in parts for hindrance in _missing(draft, part, begun)]
    return Readiness(figures, complete, missing, problems_of(draft, parts, complete, pools))


def _missing(draft: Draft, part: DraftPart, languages: Sequence[str]) -> Iterator[Hindrance]:
    for item in kept_items(part):
        texts = by_language(item)
        lacking = [
            code
            for code in languages
            if state_of(item.key, item.settings, texts, code, draft.source_language) is State.MISSING
        ]
        if lacking:
            names = reader().join([str(LANGUAGE_LABELS[code]) for code in lacking])
            message = _("Missing or unfinished in %(languages)s.", languages=names)
            yield Hindrance(place_of(part, item), message, address_of_item(part, item))


def problems_of(
    draft: Draft, parts: Sequence[DraftPart], languages: Sequence[str], pools: Pools | None = None
) -> list[Hindrance]:
    """What `check_tree` finds wrong with the draft in these languages; nothing where there are none."""
    if not languages:
        return []
    tree = tree_of_parts(draft, list(parts), languages, pools)
    return [_placed(problem, parts) for problem in check_tree(tree)]


def _placed(problem: Problem, parts: Sequence[DraftPart]) -> Hindrance:
    """A problem of the tree, in the words and pages of the studio."""
    file, _space, inside = problem.where.partition(" ")
    named = _FILE.match(file)
    key, language = (named[1], named[2] or "") if named else ("", "")
    part = next((part for part in parts if part.key == key), parts[0])
    inner = inside.split(" ")[0]
    if any(rule["id"] == inner for rule in rules_of(part)):
        return Hindrance(place_of_draws(part), problem.message, f"{address_of_part(part)}#pools")
    if inner == BEFORE and part.kind == PartKind.QUIZ:
        return Hindrance(place_of(part), problem.message, f"{address_of_part(part)}#{BEFORE}")
    item = next((item for item in kept_items(part) if item.key == inner), None)
    address = address_of_item(part, item) if item else address_of_part(part)
    place = place_of(part, item)
    if language in LANGUAGE_LABELS:
        place = f"{place} › {LANGUAGE_LABELS[language]}"
    return Hindrance(place, problem.message, address, language)


def place_of_draws(part: DraftPart) -> str:
    """Where a quiz says what it draws from the bank."""
    return f"{title_of(part)} › {_('Draw from the question bank')}"


def place_of(part: DraftPart, item: DraftItem | None = None) -> str:
    """Where something is, in words: "Meeting others, 3 Text"."""
    if item is None:
        return title_of(part)
    return f"{title_of(part)} › {item_label(part, item)}"


def title_of(part: DraftPart) -> str:
    """The title of a part in the reader's language, else in another; of the head, what it is."""
    if part.kind == PartKind.HEAD:
        return _("Title and summary")
    title = next(item for item in part.items if item.key == field_key(TITLE))
    texts = {code: row.body["text"] for code, row in by_language(title).items()}
    untitled = _("Untitled lesson") if part.kind == PartKind.LESSON else _("Untitled quiz")
    return text_of(texts, readers_language()) or untitled


def item_label(part: DraftPart, item: DraftItem) -> str:
    """A field by its name, a block or question by its number and kind."""
    if is_field(item):
        return label_of(item)
    rows = [row for row in kept_items(part) if not is_field(row)]
    number = reader().number(rows.index(item) + 1)
    return f"{number}. {type_label(item) if part.kind == PartKind.QUIZ else label_of(item)}"
