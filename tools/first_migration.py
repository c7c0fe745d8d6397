"""Write the first migration anew from the models (only until the first release: after it, migrations are added)."""

import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from lms.features import load_models
from lms.paths import MIGRATIONS
from lms.upgrade import CORE, config_for

NAME = "0001_first"
END = "    # ### end Alembic commands ###\n"
DOWN = "def downgrade() -> None:\n"
POSTGRESQL = '    if op.get_bind().dialect.name == "postgresql":\n'
ADD_CONSTRAINT = (
    f'{POSTGRESQL}        op.create_foreign_key("fk_module_current_version", "module", "module_version", '
    '["current_version_id"], ["id"])\n'
)
DROP_CONSTRAINT = POSTGRESQL + '        op.drop_constraint("fk_module_current_version", "module")\n'


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
    # SQLite, on which this is made, cannot add the one constraint of two tables that name each other.
    text = target.read_text("utf-8")
    text = text.replace(END, f"{END}{ADD_CONSTRAINT}", 1).replace(DOWN, f"{DOWN}{DROP_CONSTRAINT}", 1)
    target.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
