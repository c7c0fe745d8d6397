"""Small plugins for tests: packages with metadata of their own, on Python's path."""

import sys
from pathlib import Path
from textwrap import dedent, indent

import pytest

SOURCE = """
from pathlib import Path
from flask import Blueprint
from lms.plugins.contract import Plugin
from lms.security import public


class Brought(Plugin):
    name = "{name}"
    title = "Brought by a test"
{body}

module = Brought()
"""


class Bringer:
    """Brings plugins into a folder on the path; `forget` takes them out of Python again."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.names: list[str] = []
        monkeypatch.syspath_prepend(str(folder))

    def __call__(self, name: str, body: str = "", *, source: str = SOURCE, value: str = "{name}:module") -> Path:
        """Bring a plugin with more in its class; gives its package's folder."""
        package = self.folder / name
        package.mkdir(parents=True)
        text = source.replace("{name}", name).replace("{body}", indent(dedent(body), "    "))
        (package / "__init__.py").write_text(text, encoding="utf-8")
        self.declare(name, value)
        self.names.append(name)
        return package

    def declare(self, name: str, value: str) -> None:
        """Write the metadata that an installed package has."""
        info = self.folder / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[lms.modules]\n{name} = {value.replace('{name}', name)}\n")

    def forget(self) -> None:
        """Let the next test bring other plugins of the same names."""
        for module in [module for module in sys.modules if module.partition(".")[0] in self.names]:
            del sys.modules[module]
