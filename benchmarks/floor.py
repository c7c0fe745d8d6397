"""The floor: the least that a Flask page can cost on the same server, settings and database.

Three single-row SELECTs by primary key through SQLAlchemy Core and one 7 KB Jinja page, no session; and one INSERT at
the same durability; starting and submitting an attempt stand in benchmarks/floor_quiz.py. The settings are the
product's: trusted hosts, limits, a log line and the security headers with every answer, pages compressed. What we are
measured against.
"""

import os

from flask import Flask
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, insert, select

from benchmarks.floor_quiz import add_quiz
from lms import read_settings, setup, templating
from lms.db import begin_to_write, prepare_sqlite
from lms.security import headers

PAGE = (
    "<!doctype html><html lang=en><title>{{ a }}</title><body>"
    + "".join(f"<p class=row-{n}>{{{{ rows[{n % 3}] }}}} {'lorem ipsum ' * 6}</p>" for n in range(70))
    + "</body></html>"
)


DATABASE = "FLOOR_DATABASE_URL"
ROWS = Table("floor", MetaData(), Column("id", Integer, primary_key=True), Column("name", String))


def floor_app(engine: Engine) -> Flask:
    """The app with its two routes, on a table of its own."""
    settings = read_settings()
    app = Flask("floor", static_folder=None)
    setup.configure(app, settings)
    setup.init_logging(app)
    headers.init_headers(app, secure=settings.secure)
    app.after_request(templating.compress)
    template = app.jinja_env.from_string(PAGE)
    ROWS.metadata.create_all(engine)
    with engine.begin() as connection:
        if connection.scalar(select(ROWS.c.id).where(ROWS.c.id == 1)) is None:
            connection.execute(insert(ROWS), [{"name": f"row {key}"} for key in (1, 2, 3)])

    @app.get("/readyz")
    def ready() -> dict[str, bool]:
        return {"ready": True}

    @app.get("/page")
    def page() -> str:
        with engine.connect() as connection:
            rows = [connection.execute(select(ROWS).where(ROWS.c.id == key)).one().name for key in (1, 2, 3)]
        return template.render(a="floor", rows=rows)

    @app.put("/save")
    def save() -> dict[str, bool]:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                begin_to_write(connection)
            connection.execute(insert(ROWS).values(name="saved"))
        return {"saved": True}

    add_quiz(app, engine)
    return app


def floor_engine(url: str) -> Engine:
    """A database for the floor, with the product's settings."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine)
    return engine


def served_app() -> Flask:
    """The floor on the database that the environment names, else on a file in the data folder; for gunicorn too."""
    return floor_app(floor_engine(os.environ.get(DATABASE) or f"sqlite:///{os.environ['LMS_DATA']}/floor.sqlite3"))


def main() -> None:
    """Serve the floor with waitress, as the product is served."""
    from waitress import serve

    serve(served_app(), host="127.0.0.1", port=int(os.environ["PORT"]), threads=8, ident=None)


if __name__ == "__main__":
    main()
