"""Static files: published once a build into the data folder, compressed, then served by WhiteNoise for a year."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from flask import Flask
from rcssmin import cssmin
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

FOLDER = Path(__file__).parent / "static"
YEAR = 365 * 24 * 3600


def build_id(folder: Path = FOLDER) -> str:
    """Ten hexadecimal digits that change whenever any static file does.

    One for all files, so that the addresses inside the stylesheet are relative and always match.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def as_sent(sheet: str) -> str:
    """A stylesheet as readers get it, without what only we read in it: comments, line ends, spaces."""
    minified: str = cssmin(sheet)
    return minified


def publish(target: Path, folder: Path = FOLDER) -> None:
    """Copy the static files to `target`, sheets as they are sent, each with a gzip variant; whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(dir=target.parent))
    shutil.copytree(folder, building, dirs_exist_ok=True)
    for sheet in building.rglob("*.css"):
        sheet.write_text(as_sent(sheet.read_text("utf-8")), "utf-8")
    compressor = Compressor(quiet=True, use_brotli=False)
    for path in list(building.rglob("*")):
        if path.is_file() and compressor.should_compress(path.name):
            list(compressor.compress(str(path)))
    building.chmod(0o755)
    try:
        building.rename(target)
    except OSError:  # another process published the same build first
        shutil.rmtree(building)


def init_static(app: Flask, data: Path) -> None:
    """Serve /static/<build>/<name>, and give templates `static_url(name)`."""
    app.extensions["lms_static_root"] = data / "static"
    app.wsgi_app = app.extensions["lms_whitenoise"] = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, max_age=YEAR, immutable_file_test=lambda path, url: True
    )
    static_url = serve_folder(app, FOLDER)
    app.jinja_env.globals["static_url"] = static_url
    app.extensions["lms_static_url"] = static_url


def serve_folder(app: Flask, folder: Path, name: str = "") -> Callable[[str], str]:
    """Serve the files of `folder` at /static/<name><build>/; gives the function from file name to address."""
    build = f"{name}{build_id(folder)}"
    root: Path = app.extensions["lms_static_root"] / build
    if not root.exists():
        publish(root, folder)
    prefix = f"static/{build}/"
    app.extensions["lms_whitenoise"].add_files(str(root), prefix=prefix)
    return lambda file: f"/{prefix}{file}"
