"""The sources, as the structure tests read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LMS = ROOT / "lms"

#: Who may import whom: a room may import those before it.
LAYERS = (
    "accounts",
    "organizations",
    "training",
    "cohorts",
    "quizzes",
    "exchange",
    "grading",
    "progress",
    "certification",
    "reports",
    "notifications",
    "learning",
    "authoring",
    "boards",
    "imports",
    "api",
)
#: Rooms that compose pages: they may use one another's queries, and nobody below imports them.
COMPOSING = {"learning", "authoring", "boards", "imports", "api"}
FOUNDATION = {
    "jobs",
    "messages",
    "backup",
    "storage",
    "media",
    "search",
    "documents",
    "charts",
    "events",
    "security",
    "text",
    "formats",
}


def python_files(folder: Path = LMS) -> Iterator[Path]:
    """Every Python file under a folder."""
    return (path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts)


def templates() -> Iterator[Path]:
    """Every template of a page; those of mails keep rules of their own."""
    return (path for path in sorted(LMS.rglob("templates/**/*.html")) if "messages" not in path.parts)


def room_of(path: Path) -> str:
    """The first folder below lms, or the module's own name."""
    inside = path.relative_to(LMS).parts
    return inside[0] if len(inside) > 1 else inside[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.lineno, node.module
