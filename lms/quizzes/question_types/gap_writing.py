"""Passages as trainers write them: an answer in double brackets becomes a gap when it is saved."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from lms.quizzes.question_types.gaps import CHOSEN, TYPED

_BRACKETS = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_NUMBERED = re.compile("g[0-9]{1,2}")
_SPELLINGS = re.compile(r"\s+/\s+")


@dataclass
class WrittenGap:
    """A gap that passages name, with the answers that stand in it where it is new, by language."""

    id: str
    inside: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Chosen where options are written, else typed."""
        return CHOSEN if any("|" in text for text in self.inside.values()) else TYPED

    @property
    def most(self) -> int:
        """How many answers are written in it."""
        return max((len(text.split("|")) for text in self.inside.values()), default=0)

    def answers(self, language: str, ids: Sequence[str]) -> dict[str, list[str]]:
        """The words of each answer as written in a language: spellings of one stand between slashes."""
        if language not in self.inside:
            return {}
        options = [option.strip() for option in self.inside[language].split("|")]
        return {key: _SPELLINGS.split(said) for key, said in zip(ids, options, strict=False) if said}


def read_passages(
    passages: Mapping[str, str], spoken: Mapping[str, set[str]]
) -> tuple[dict[str, str], list[WrittenGap]]:
    """The passages with every gap named by its id, and the gaps in the order in which they are named.

    `spoken` are the gaps that there are, with the languages in which they have answers. An answer written in a
    language fills first a gap that is waiting for that language; the others are new, the nth of one language being
    the nth of another.
    """
    gaps: dict[str, WrittenGap] = {}
    named = {
        language: _named(passage, language, spoken, _waiting(passage, language, spoken), gaps)
        for language, passage in passages.items()
    }
    return named, list(gaps.values())


def _waiting(passage: str, language: str, spoken: Mapping[str, set[str]]) -> list[str]:
    named = {inside.strip() for inside in _BRACKETS.findall(passage)}
    return [gap for gap, languages in spoken.items() if gap not in named and language not in languages]


def _named(
    passage: str,
    language: str,
    spoken: Mapping[str, set[str]],
    waiting: list[str],
    gaps: dict[str, WrittenGap],
) -> str:
    taken = {inside.strip() for inside in _BRACKETS.findall(passage) if _NUMBERED.fullmatch(inside.strip())}
    fresh = (key for key in (f"g{at}" for at in count(1)) if key not in taken and key not in spoken)
    ids: Iterator[str] = chain(waiting, fresh)

    def name(found: re.Match[str]) -> str:
        inside = found[1].strip()
        if inside in spoken or _NUMBERED.fullmatch(inside):
            gaps.setdefault(inside, WrittenGap(inside))
            return f"[[{inside}]]"
        key = next(ids)
        gaps.setdefault(key, WrittenGap(key)).inside[language] = inside
        return f"[[{key}]]"

    return _BRACKETS.sub(name, passage)
