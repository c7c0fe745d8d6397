"""A new plugin's package, from the folder `scaffold` beside this file."""

import shutil
from pathlib import Path

from lms.plugins.rules import NAME

SOURCE = Path(__file__).parent / "scaffold"


SAMPLE = "first-steps"


def scaffold(name: str, title: str, folder: Path, module: Path | None = None) -> Path:
    """Make the package of a plugin in a new folder below `folder`; gives that folder.

    It brings the module in the folder `module`, else a small one to begin with. Raises ValueError for a name that no
    plugin can have, a title that would break its files, or a folder that exists.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"{name} is not small Latin letters, digits and underscores")
    if not title.isprintable() or set(title) & set('"\\@'):
        raise ValueError("the title cannot be written into the files: leave out quotes, backslashes and @")
    slug = name.replace("_", "-")
    target = folder / f"tashbik-{slug}"
    if target.exists():
        raise ValueError(f"{target} exists")
    words = {
        "@NAME@": name,
        "@SLUG@": slug,
        "@TITLE@": title,
        "@MODULE@": module.name if module else SAMPLE,
        "@CLASS@": name.replace("_", " ").title().replace(" ", ""),
    }
    for path in sorted(path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        if module is None or SAMPLE not in path.parts:
            _write(path, target / _place(path.relative_to(SOURCE), name), words)
    if module is not None:
        shutil.copytree(module, target / name / "content" / module.name)
    return target


def _place(path: Path, name: str) -> Path:
    parts = [name if part == "package" else part for part in path.parts]
    return Path(*parts[:-1], parts[-1].removesuffix(".txt"))


def _write(source: Path, target: Path, words: dict[str, str]) -> None:
    text = source.read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
