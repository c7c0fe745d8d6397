"""What one revision says that another did not, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.certification.models import LevelRule, Revision
from lms.certification.queries.schemes import Rules, titles_of
from lms.certification.requirement_types import Titles
from lms.certification.scheme_words import sentence_of, terms_of
from lms.db import Texts, text_of
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import language, reader


@dataclass(frozen=True)
class Changed:
    """Something that is said otherwise; `label` names it where it has a name."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class LevelDifference:
    """What is different of a level, or of the scheme itself (no name)."""

    name: str
    #: Whether the level is new, or is no more.
    is_new: bool = False
    is_gone: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return self.is_new or self.is_gone or bool(self.added or self.removed or self.changed)


def titles_for(revisions: Iterable[Revision], known: Rules) -> Titles:
    """Titles of all that some revisions name."""
    rules = [rule for revision in revisions for rule in revision.levels]
    return titles_of([(each["type"], each["parameters"]) for rule in rules for each in rule.requirements], known)


def differences(before: Revision, after: Revision, titles: Titles) -> list[LevelDifference]:
    """What `after` says that `before` did not, level by level."""
    old, new = _by_level(before), _by_level(after)
    found = [LevelDifference("", changed=tuple(_names(before.names, after.names)))]
    for level_id, rule in new.items():
        found.append(_level(old[level_id], rule, titles) if level_id in old else _new(rule, titles))
    found += [LevelDifference(_name(rule), is_gone=True) for level_id, rule in old.items() if level_id not in new]
    return [each for each in found if each]


def _by_level(revision: Revision) -> dict[int, LevelRule]:
    return {rule.level_id: rule for rule in revision.levels}


def _name(rule: LevelRule) -> str:
    return text_of(rule.names, language())


def _new(rule: LevelRule, titles: Titles) -> LevelDifference:
    terms = tuple(Changed(label, "", text) for label, text in terms_of(rule))
    asked = tuple(sentence_of(each, titles) for each in rule.requirements)
    return LevelDifference(_name(rule), is_new=True, added=asked, changed=terms)


def _names(before: Texts, after: Texts) -> Iterator[Changed]:
    labels = {"fa": _("Name in Persian"), "ar": _("Name in Arabic"), "en": _("Name in English")}
    for code in LANGUAGES:
        if before.get(code, "") != after.get(code, ""):
            yield Changed(labels[code], before.get(code, ""), after.get(code, ""))


def _level(before: LevelRule, after: LevelRule, titles: Titles) -> LevelDifference:
    changed = list(_names(before.names, after.names))
    if before.position != after.position:
        numbers = (reader().number(each.position) for each in (before, after))
        changed.append(Changed(_("Place among the levels"), *numbers))
    said = dict(terms_of(before))
    changed += [Changed(label, said.get(label, ""), text) for label, text in terms_of(after) if said.get(label) != text]
    gone = [each for each in before.requirements if each not in after.requirements]
    come = [each for each in after.requirements if each not in before.requirements]
    pairs, gone, come = _paired(gone, come)
    changed += [Changed("", sentence_of(old, titles), sentence_of(new, titles)) for old, new in pairs]
    return LevelDifference(
        _name(after),
        added=tuple(sentence_of(each, titles) for each in come),
        removed=tuple(sentence_of(each, titles) for each in gone),
        changed=tuple(changed),
    )


Held = Mapping[str, Any]


def _paired(gone: list[Held], come: list[Held]) -> tuple[list[tuple[Held, Held]], list[Held], list[Held]]:
    """What went and what came that are of one type, in their order, are one that was changed."""
    pairs, left = [], list(gone)
    rest = []
    for new in come:
        old = next((each for each in left if each["type"] == new["type"]), None)
        if old is None:
            rest.append(new)
        else:
            left.remove(old)
            pairs.append((old, new))
    return pairs, left, rest
