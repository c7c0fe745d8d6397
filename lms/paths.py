"""Where the folders beside the package lie: at the top of a checkout, or beside it when installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
TRANSLATIONS = PACKAGE.parent / "translations"
MIGRATIONS = PACKAGE.parent / "migrations"
