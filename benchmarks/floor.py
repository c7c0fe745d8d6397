"""The floor: the least that a Flask page can cost on the same server and database.

Three single-row SELECTs by primary key through SQLAlchemy Core and one 7 KB Jinja page, no session; and one INSERT at
the same durability. What we are measured against.
"""

import os
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, create_engine, text

from lms.db import prepare_sqlite

PAGE = (
    "<!doctype html><html lang=en><title>{{ a }}</title><body>"
    + "".join(f"<p class=row-{n}>{{{{ rows[{n % 3}] }}}} {'lorem ipsum ' * 6}</p>" for n in range(70))
    + "</body></html>"
)


def floor_app(engine: Engine) -> Flask:
    """The app with its two routes, on a table of its own."""
    app = Flask("floor")
    template = app.jinja_env.from_string(PAGE)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, name TEXT)"))
        for key in (1, 2, 3):
            connection.execute(
                text("INSERT OR IGNORE INTO floor (id, name) VALUES (:id, :name)"), {"id": key, "name": f"row {key}"}
            )

    @app.get("/page")
    def page() -> str:
        with engine.connect() as connection:
            query = text("SELECT id, name FROM floor WHERE id = :id")
            rows = [connection.execute(query, {"id": key}).one().name for key in (1, 2, 3)]
        return template.render(a="floor", rows=rows)

    @app.put("/save")
    def save() -> tuple[str, int]:
        with engine.connect().execution_options(lms_writing=True) as connection, connection.begin():
            connection.execute(text("INSERT INTO floor (name) VALUES ('saved')"))
        return '{"saved": true}', 200

    return app


def main() -> None:
    """Serve the floor with waitress, as the product is served."""
    from waitress import serve

    engine = create_engine(f"sqlite:///{Path(os.environ['LMS_DATA']) / 'floor.sqlite3'}")
    prepare_sqlite(engine)
    serve(floor_app(engine), host="127.0.0.1", port=int(os.environ["PORT"]), threads=8, ident=None)


if __name__ == "__main__":
    main()
