"""What a module must be to be published: whole, and the same in all its languages."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.i18n import LANGUAGE_NAMES
from lms.i18n import gettext as _
from lms.media import Facts
from lms.training.block_kinds import find_kind
from lms.training.blocks import is_for, source_of
from lms.training.shapes import LESSON, MANIFEST, QUIZ, Problem, misshapen
from lms.training.tree import FORMAT_VERSION, Tree
from lms.training.tree_media import facts_by_name, file_names

__all__ = ["Fault", "Problem", "block_faults", "check_tree", "register_quiz_check", "register_tree_check"]

QuizCheck = Callable[[dict[str, Any], list[str], str], Iterable[Problem]]
TreeCheck = Callable[[Tree], Iterable[Problem]]
Media = Mapping[str, Facts]
_quiz_checks: list[QuizCheck] = []
_tree_checks: list[TreeCheck] = []


def register_quiz_check(check: QuizCheck) -> None:
    """Have `check(quiz, languages, where)` look at each quiz whose shape is right; it gives what is wrong."""
    if check not in _quiz_checks:
        _quiz_checks.append(check)


def register_tree_check(check: TreeCheck) -> None:
    """Have `check(tree)` look at each module whose shape is right; it gives what is wrong between its parts."""
    if check not in _tree_checks:
        _tree_checks.append(check)


def check_tree(tree: Tree) -> list[Problem]:
    """Everything that is wrong with a tree; nothing, and it can be published. Messages in the reader's language."""
    among = (problem for check in _tree_checks for problem in check(tree))
    return list(_shape_problems(tree)) or [*_sequence_problems(tree), *among, *_text_problems(tree)]


def _shape_problems(tree: Tree) -> Iterator[Problem]:
    yield from _document("module.json", tree.manifest, MANIFEST)
    for key, part in tree.lessons.items():
        where = f"lessons/{key}/lesson.json"
        yield from _document(where, part["lesson"], LESSON, key)
    for key, quiz in tree.quizzes.items():
        yield from _document(f"quizzes/{key}.json", quiz, QUIZ, key)


def _document(where: str, value: Any, shape: Any, key: str | None = None) -> Iterator[Problem]:
    problems = list(misshapen(value, shape, where))
    yield from problems
    if problems:
        return
    if value["format_version"] != FORMAT_VERSION:
        yield Problem(where, _("format version %(number)s is not known", number=value["format_version"]))
    if key is not None and value["id"] != key:
        yield Problem(where, _("the id is not the name of the file or folder"))


def _sequence_problems(tree: Tree) -> Iterator[Problem]:
    where = "module.json sequence"
    if tree.manifest["source_language"] not in tree.manifest["languages"]:
        yield Problem("module.json", _("the source language is not among the languages"))
    if not tree.lessons and not tree.quizzes:
        yield Problem(where, _("a module needs a lesson or a quiz"))
    for item in tree.manifest["sequence"]:
        if ("lesson" in item) == ("quiz" in item):
            yield Problem(where, _("each item names a lesson or a quiz"))
    for kind, parts in (("lesson", tree.lessons), ("quiz", tree.quizzes)):
        named = Counter(item[kind] for item in tree.manifest["sequence"] if kind in item)
        for key in named.keys() | parts.keys():
            yield from _part_problems(where, key, named[key], key in parts)


def _part_problems(where: str, key: str, times: int, exists: bool) -> Iterator[Problem]:
    if not exists:
        yield Problem(where, _("%(id)s is named and does not exist", id=key))
    elif times == 0:
        yield Problem(where, _("%(id)s exists and is not named", id=key))
    elif times > 1:
        yield Problem(where, _("%(id)s is named twice", id=key))


def _text_problems(tree: Tree) -> Iterator[Problem]:
    yield from _missing_titles("module.json", tree.manifest, tree.languages)
    yield from _media_problems(tree)
    media = facts_by_name(tree.media)
    for key, part in tree.lessons.items():
        yield from _lesson_problems(f"lessons/{key}", part, tree, media)
    for key, quiz in tree.quizzes.items():
        where = f"quizzes/{key}.json"
        yield from _missing_titles(where, quiz, tree.languages)
        for check in _quiz_checks:
            yield from check(quiz, tree.languages, where)


def _media_problems(tree: Tree) -> Iterator[Problem]:
    """Every file that a block names is there, and every file that is there is named."""
    named = set()
    for key, part in tree.lessons.items():
        for block in part["lesson"]["blocks"]:
            for name in file_names(block.get("data", {})):
                named.add(name)
                if name not in tree.media:
                    where = f"lessons/{key}/lesson.json {block['id']}"
                    yield Problem(where, _("the file %(name)s is missing", name=name))
    for name in tree.media.keys() - named:
        yield Problem(f"media/{name}", _("no block shows this file"))


def _missing_titles(where: str, value: dict[str, Any], languages: list[str]) -> Iterator[Problem]:
    for code in languages:
        if not value["title"].get(code, "").strip():
            yield Problem(where, _("there is no title in %(language)s", language=code))


def _lesson_problems(where: str, part: dict[str, Any], tree: Tree, media: Media) -> Iterator[Problem]:
    lesson, languages = part["lesson"], tree.languages
    yield from _missing_titles(f"{where}/lesson.json", lesson, languages)
    if not 0 < lesson["minutes"] <= 600:
        yield Problem(f"{where}/lesson.json", _("minutes is a number from 1 to 600"))
    for key, times in Counter(block["id"] for block in lesson["blocks"]).items():
        if times > 1:
            yield Problem(f"{where}/lesson.json", _("block %(id)s stands twice", id=key))
    if not lesson["blocks"]:
        yield Problem(f"{where}/lesson.json", _("a lesson needs a block"))
    for code in languages:
        yield from _language_problems(f"{where}/{code}.md", lesson, part["texts"].get(code, {}), code)
    for fault in block_faults(part, tree.manifest["source_language"], media):
        file = f"{fault.language}.md" if fault.language else "lesson.json"
        yield Problem(f"{where}/{file} {fault.block_id}", fault.message)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a block: in one language, or (language "") in what is said once for all of them."""

    block_id: str
    language: str
    message: str


def block_faults(part: Mapping[str, Any], source: str, media: Media) -> Iterator[Fault]:
    """What is wrong with the blocks of a lesson, as far as they are written, and what is not made as in `source`."""
    for block in part["lesson"]["blocks"]:
        found = {code: text[block["id"]] for code, text in part["texts"].items() if block["id"] in text}
        yield from _kind_faults(block, found, source)
        kind = find_kind(block["kind"])
        for code, text in found.items():
            for message in kind.faults(source_of(block, text, code, media)) if kind and is_for(block, code) else ():
                yield Fault(block["id"], code, message)


def _kind_faults(block: dict[str, Any], found: Mapping[str, str], source: str) -> Iterator[Fault]:
    """What is said once of a block, and what its texts must have in common."""
    kind = find_kind(block["kind"])
    if kind is None:
        yield Fault(block["id"], "", _("the block kind %(kind)s is not known", kind=block["kind"]))
        return
    for message in kind.data_faults(block.get("data", {})):
        yield Fault(block["id"], "", message)
    outlines = {code: kind.outline(text) for code, text in found.items()}
    first = source if source in outlines else next(iter(outlines), "")
    for code, outline in outlines.items():
        if outline != outlines[first]:
            other = LANGUAGE_NAMES.get(first, first)
            message = _("not made as in %(language)s: parts, their number, or which is right", language=other)
            yield Fault(block["id"], code, message)


def _language_problems(where: str, lesson: dict[str, Any], texts: dict[str, str], language: str) -> Iterator[Problem]:
    """The blocks of a text are those of lesson.json that are for its language, in that order."""
    wanted = {block["id"]: block for block in lesson["blocks"] if is_for(block, language)}
    for key in wanted.keys() - texts.keys():
        yield Problem(f"{where} {key}", _("the block is missing"))
    for key in texts.keys() - wanted.keys():
        yield Problem(f"{where} {key}", _("the block is not in lesson.json, or not for this language"))
    if wanted.keys() == texts.keys() and list(wanted) != list(texts):
        yield Problem(where, _("the blocks stand in another order than in lesson.json"))
