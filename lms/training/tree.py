"""The canonical tree of a module (docs/content-format.md): what plugins bring, packages carry and versions keep."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.training.canonical import canonical, to_json
from lms.training.fences import FenceError, clean_body, read_blocks, write_blocks
from lms.training.tree_media import Fetch, Keep, MediaRefused, hash_of, read_media, write_media

FORMAT_VERSION = 1


class ContentError(DomainError):
    """A tree that cannot be read: `where` names the file, the message says why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where


@dataclass(frozen=True)
class Tree:
    """A module: module.json, its lessons by key ({"lesson": lesson.json, "texts": {language: {block id: text}}}), its
    quizzes by key, and the hashes of its media files by name."""

    manifest: dict[str, Any]
    lessons: dict[str, dict[str, Any]] = field(default_factory=dict)
    quizzes: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The module's id."""
        return str(self.manifest["id"])

    @property
    def languages(self) -> list[str]:
        """The languages that the module has, in our order."""
        return [code for code in LANGUAGES if code in self.manifest["languages"]]

    def stored(self) -> dict[str, Any]:
        """What a version keeps beside its manifest."""
        media = {"media": self.media} if self.media else {}
        return {"lessons": self.lessons, "quizzes": self.quizzes, **media}


def canonical_tree(tree: Tree) -> Tree:
    """The same tree as it is stored and written: keys in order, texts NFC and without blank edges."""
    lessons = {
        key: {
            "lesson": canonical(part["lesson"]),
            "texts": {code: _in_order(part, code) for code in LANGUAGES if code in part["texts"]},
        }
        for key, part in sorted(tree.lessons.items())
    }
    quizzes = {key: canonical(quiz) for key, quiz in sorted(tree.quizzes.items())}
    return Tree(canonical(tree.manifest), lessons, quizzes, dict(sorted(tree.media.items())))


def _in_order(part: dict[str, Any], language: str) -> dict[str, str]:
    """The blocks of a text as lesson.json has them: a database may have given them in an order of its own."""
    place = {block["id"]: position for position, block in enumerate(part["lesson"]["blocks"])}
    texts = part["texts"][language]
    return {block: clean_body(texts[block]) for block in sorted(texts, key=lambda key: place.get(key, len(place)))}


def tree_hash(tree: Tree) -> str:
    """SHA-256 of the content, in hexadecimal: equal for equal content, however its files were written."""
    found = canonical_tree(tree)
    body = json.dumps({"manifest": found.manifest, **found.stored()}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def read_tree(path: Path, keep: Keep = hash_of) -> Tree:
    """The tree of a module in the folder `path`; `keep` gets its media files, and may store them.

    Raises ContentError where a file is missing or cannot be read.
    """
    manifest = read_json(path / "module.json")
    lessons = {folder.name: _read_lesson(folder) for folder in _folders(path / "lessons")}
    quizzes = {file.stem: read_json(file) for file in sorted((path / "quizzes").glob("*.json"))}
    try:
        return Tree(manifest, lessons, quizzes, read_media(path / "media", keep))
    except MediaRefused as error:
        raise ContentError(error.where, error.message) from error


def write_tree(tree: Tree, path: Path, fetch: Fetch | None = None) -> None:
    """Write a checked tree into the folder `path`: the same content gives the same bytes.

    `fetch` says where its media files are; without it they are left out.
    """
    found = canonical_tree(tree)
    _write(path / "module.json", to_json(found.manifest))
    for key, part in found.lessons.items():
        folder = path / "lessons" / key
        _write(folder / "lesson.json", to_json(part["lesson"]))
        for code, texts in part["texts"].items():
            _write(folder / f"{code}.md", write_blocks(texts))
    for key, quiz in found.quizzes.items():
        _write(path / "quizzes" / f"{key}.json", to_json(quiz))
    if fetch is not None:
        write_media(found.media, path / "media", fetch)


def read_json(file: Path) -> dict[str, Any]:
    """The JSON object in a file. Raises ContentError."""
    where = "/".join(file.parts[-3:])
    try:
        value = json.loads(_read(file, where))
    except (ValueError, RecursionError) as error:
        raise ContentError(where, _("this is not JSON (%(reason)s)", reason=str(error)[:80])) from error
    if not isinstance(value, dict):
        raise ContentError(where, _("an object was expected"))
    return value


def _read_lesson(folder: Path) -> dict[str, Any]:
    texts = {}
    for code in LANGUAGES:
        file = folder / f"{code}.md"
        if file.exists():
            texts[code] = _read_texts(file)
    return {"lesson": read_json(folder / "lesson.json"), "texts": texts}


def _read_texts(file: Path) -> dict[str, str]:
    where = "/".join(file.parts[-3:])
    try:
        return read_blocks(_read(file, where))
    except FenceError as error:
        raise ContentError(where, str(error)) from error


def _read(file: Path, where: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ContentError(where, _("the file is missing")) from error
    except UnicodeDecodeError as error:
        raise ContentError(where, _("the file is not UTF-8")) from error


def _folders(path: Path) -> Iterable[Path]:
    return sorted(child for child in path.iterdir() if child.is_dir()) if path.is_dir() else ()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
