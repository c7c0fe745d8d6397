"""Write the first migration anew from the models (only until the first release: after it, migrations are added)."""

import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from lms.features import load_models
from lms.paths import MIGRATIONS
from lms.upgrade import CORE, config_for

NAME = "0001_first"


def main() -> None:
    """Autogenerate against an empty database."""
    load_models()
    target = MIGRATIONS / "versions" / f"{NAME}.py"
    target.unlink(missing_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        create_engine(f"sqlite:///{folder}/empty.sqlite3").connect() as connection,
    ):
        config = config_for(CORE, connection)
        made = command.revision(config, message="The first tables.", autogenerate=True, rev_id=NAME)
        assert not isinstance(made, list)
        assert made is not None
        Path(made.path).rename(target)


if __name__ == "__main__":
    main()
