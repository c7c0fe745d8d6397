"""A question as a reader finds it piece by piece, before its languages are settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.exchange.notes import Note
from lms.exchange.texts import LONGEST, Source, plain_of, words_of
from lms.quizzes.tags import LONGEST_TAG, MOST_TAGS, tag_key
from lms.text import clean_line

Path = tuple[str, ...]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def letter(index: int) -> str:
    """The id of the option at an index: a, b, c and on; from 26 on they are counted."""
    return LETTERS[index] if index < len(LETTERS) else f"o{index + 1}"


class Unusable(Exception):
    """A question cannot be taken; the note says why."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.note = Note(code, about)


@dataclass
class Draft:
    """What a reader gathers of one question."""

    name: str = ""
    kind: str = ""
    type: str = ""
    mark: float = 1
    tags: list[str] = field(default_factory=list)
    structure: dict[str, Any] = field(default_factory=dict)
    scoring: dict[str, Any] = field(default_factory=dict)
    #: Markdown by place in the text and language; "" is the language of what says none.
    texts: dict[Path, dict[str, str]] = field(default_factory=dict)
    #: Words that answers are compared with, likewise.
    words: dict[Path, dict[str, list[str]]] = field(default_factory=dict)
    #: What is said at a place, by language, where the file says nothing.
    defaults: dict[Path, Mapping[str, str]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    failure: Note | None = None

    def note(self, code: str, about: str = "") -> None:
        """Say something of it, once."""
        note = Note(code, " ".join(about.split())[:120])
        if note not in self.notes:
            self.notes.append(note)

    def say(self, path: Path, source: Source) -> bool:
        """Put a text at its place; gives whether it says anything."""
        found, notes = words_of(source)
        self.notes += [note for note in notes if note not in self.notes]
        if any(len(text) > LONGEST for text in found.values()):
            raise Unusable("too_long")
        if found:
            self.texts[path] = found
        return bool(found)

    def say_in(self, path: Path, sources: Mapping[str, Source]) -> bool:
        """Put a text at its place that the file has in several languages; gives whether it says anything."""
        whole: dict[str, str] = {}
        for code, source in sources.items():
            if self.say(path, source):
                found = self.texts[path]
                whole |= {key or code: text for key, text in found.items()}
        if whole:
            self.texts[path] = whole
        return bool(whole)

    def accept(self, path: Path, sources: Iterable[Source]) -> bool:
        """Put accepted words at their place; gives whether there are any."""
        for source in sources:
            for code, text in plain_of(source).items():
                known = self.words.setdefault(path, {}).setdefault(code, [])
                if text not in known:
                    known.append(text)
        return path in self.words

    def tag(self, tag: str) -> bool:
        """Give it a tag; False where it cannot have it."""
        cleaned = clean_line(tag)
        if not cleaned or len(cleaned) > LONGEST_TAG or len(self.tags) >= MOST_TAGS:
            return False
        if tag_key(cleaned) not in map(tag_key, self.tags):
            self.tags.append(cleaned)
        return True

    def set_mark(self, mark: float) -> None:
        """Give it its mark, within what marks can be here."""
        if 0 < mark <= 100:
            self.mark = int(mark) if mark == int(mark) else mark
        else:
            self.note("mark_changed")
