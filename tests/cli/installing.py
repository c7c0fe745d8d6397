"""Plugins that are really installed, and the program run beside them in processes of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """A folder of data, a folder that pip installs into, and the command `lms` with both."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packages = folder / "packages"
        self.data = folder / "data"
        self.packages.mkdir()

    def install(self, source: Path) -> None:
        """Install the package whose pyproject.toml is in `source`; it is built from a copy, which leaves no traces."""
        copy = self.folder / "source" / source.name
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
        self._run(
            "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps",
            "--no-build-isolation", "--target", str(self.packages), str(copy),
        )  # fmt: skip

    def remove(self) -> None:
        """Take every plugin away."""
        shutil.rmtree(self.packages)
        self.packages.mkdir()

    def lms(self, *arguments: str, plugins: str = "networking_kit", fails: bool = False) -> str:
        """What `lms ARGUMENTS` prints, with these plugins enabled."""
        code = "import sys; from lms.cli import main; main()"
        return self._run("-W", "error", "-c", code, *arguments, plugins=plugins, fails=fails)

    def python(self, code: str, *arguments: str, plugins: str = "networking_kit") -> str:
        """What Python code prints."""
        return self._run("-c", code, *arguments, plugins=plugins)

    def _run(self, *arguments: str, plugins: str = "", fails: bool = False) -> str:
        environ = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(self.packages), str(ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LMS_DATA": str(self.data),
            "LMS_PLUGINS": plugins,
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            check=False, cwd=self.folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8",
        )  # fmt: skip
        assert (done.returncode != 0) == fails, done.stdout
        return done.stdout
