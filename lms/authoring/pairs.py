"""Languages side by side: what the editor shows of a part."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from lms.authoring.drafts.diffing import Piece, differences, plain
from lms.authoring.drafts.states import Figures, State, count_states, state_of
from lms.authoring.drafts.texts import TypedTexts, by_language, is_line, seen_of
from lms.authoring.glossary import Expected, Term, expected_in
from lms.authoring.labels import label_of
from lms.formats import LANGUAGES
from lms.training.block_kinds import BlockKind, find_kind
from lms.training.checks import Fault
from lms.training.models import DraftItem, DraftText, MediaFile
from lms.training.tree_media import file_names


@dataclass(frozen=True)
class Side:
    """An item in one language."""

    item_id: str
    language: str
    text: str
    #: What was seen, as the form sends it back.
    seen: str
    state: State
    #: Of the source: its revision, when it changed last, and what changed since this was in step with it.
    source_revision: int
    source_changed_at: datetime | None
    changes: tuple[Piece, ...] = ()
    #: Terms of the source that it does not have.
    terms: tuple[Expected, ...] = ()
    #: What is wrong with the text.
    faults: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Names the fields."""
        return f"{self.item_id}-{self.language}"


@dataclass(frozen=True)
class Choice:
    """A value that is chosen once for all languages."""

    name: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Pair:
    """A block, question or field in all languages."""

    id: str
    kind: str
    label: str
    #: Its place among the blocks, from 1; 0: a field.
    number: int
    #: Whether its text is one line.
    line: bool
    sides: list[Side] = field(default_factory=list)
    #: Of a block: how its text is written.
    hint: str = ""
    #: Of a block: what is chosen once for all languages.
    choices: tuple[Choice, ...] = ()
    #: Of a block: the kind of its file (image, audio, video), and the file, where there is one.
    shows: str = ""
    file: MediaFile | None = None
    #: What is wrong with what is said once for all languages.
    faults: tuple[str, ...] = ()

    def count(self, state: str) -> int:
        """How many languages are in a state."""
        return sum(side.state == state for side in self.sides)

    @property
    def marked(self) -> bool:
        """Whether something is to be done."""
        behind = any(side.state in (State.STALE, State.MISSING) for side in self.sides)
        return behind or bool(self.faults) or any(side.faults for side in self.sides)


def pairs_of(
    items: Iterable[DraftItem],
    source: str,
    typed: TypedTexts | None = None,
    media: Mapping[str, MediaFile] | None = None,
    terms: Sequence[Term] = (),
    faults: Iterable[Fault] = (),
) -> list[Pair]:
    """Items side by side; what was `typed` stands in place of what is stored.

    `media`: the module's files by name; `terms`: the glossary that translations are compared with; `faults`: what is
    wrong with blocks.
    """
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fault in faults:
        wrong[fault.block_id, fault.language].append(fault.message)
    found, number = [], 0
    for item in items:
        number += not item.key.startswith("@")
        at = 0 if item.key.startswith("@") else number
        sides = [_side(item, code, source, typed or {}, terms) for code in LANGUAGES]
        sides = [replace(side, faults=tuple(wrong[item.key, side.language])) for side in sides]
        said_once = tuple(wrong[item.key, ""])
        pair = Pair(item.public_id, item.kind, label_of(item), at, is_line(item), sides, faults=said_once)
        kind = find_kind(item.kind) if at else None
        found.append(_with_kind(pair, kind, item, media or {}) if kind else pair)
    return found


def _with_kind(pair: Pair, kind: BlockKind, item: DraftItem, media: Mapping[str, MediaFile]) -> Pair:
    """What the kind of a block says of it."""
    names = file_names(item.settings.get("data", {}))
    file = next((media[name] for name in names if name in media), None)
    return replace(pair, hint=str(kind.hint), choices=choices_of(kind, item), shows=kind.shows, file=file)


def choices_of(kind: BlockKind, item: DraftItem) -> tuple[Choice, ...]:
    """The values of a block's choices, with what is chosen."""
    data = item.settings.get("data", {})
    return tuple(
        Choice(name, value, str(label), value == kind.chosen(data, name))
        for name, values in kind.choices.items()
        for value, label in values.items()
    )


def _side(item: DraftItem, language: str, source: str, typed: TypedTexts, terms: Sequence[Term]) -> Side:
    texts = by_language(item)
    text, original = texts.get(language), texts.get(source)
    state = state_of(item.key, item.settings, texts, language, source)
    stale = state is State.STALE and original is not None
    mine = typed.get((item.public_id, language))
    written = mine.text if mine else None
    return Side(
        item_id=item.public_id,
        language=language,
        text=(text.body["text"] if text else "") if written is None else written,
        seen=str(mine.seen if mine else seen_of(text)),
        state=state,
        source_revision=original.revision if original else 0,
        source_changed_at=original.changed_at if stale and original else None,
        changes=changes_of(text, original) if stale else (),
        terms=_terms(text, original, language, source, terms),
    )


def _terms(
    text: DraftText | None, original: DraftText | None, language: str, source: str, terms: Sequence[Term]
) -> tuple[Expected, ...]:
    if language == source or original is None:
        return ()
    return expected_in(plain(text.body) if text else "", plain(original.body), language, source, terms)


def changes_of(text: DraftText | None, original: DraftText | None) -> tuple[Piece, ...]:
    """What changed in the source since a text was in step with it; nothing where that is not known."""
    if text is None or original is None or text.basis is None:
        return ()
    return differences(plain(text.basis), plain(original.body))


def states_of(item: DraftItem, source: str) -> dict[str, State]:
    """The state of an item in each language."""
    texts = by_language(item)
    return {code: state_of(item.key, item.settings, texts, code, source) for code in LANGUAGES}


def figures_of(items: Iterable[DraftItem], source: str) -> dict[str, Figures]:
    """Figures of each language."""
    rows = [states_of(item, source) for item in items]
    return {code: count_states(row[code] for row in rows) for code in LANGUAGES}


def summed(figures: Iterable[Mapping[str, Figures]]) -> dict[str, Figures]:
    """Figures of several parts together."""
    rows = list(figures)
    return {code: sum((row[code] for row in rows), Figures()) for code in LANGUAGES}
