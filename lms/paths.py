"""Where the things beside the code lie, in a checkout and when installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def beside(name: str) -> Path:
    """Folder `name` (translations, migrations): inside the installed package, or at the top of a checkout."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / name


TRANSLATIONS = beside("translations")
MIGRATIONS = beside("migrations")
