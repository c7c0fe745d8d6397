"""/healthz: the process answers. /readyz: it can serve, the database included."""

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lms.db import db
from lms.security.guards import public


def init_health(app: Flask) -> None:
    """Add the two addresses that a supervisor asks."""

    @app.get("/healthz")
    @public
    def healthz() -> ResponseReturnValue:
        return jsonify(status="ok")

    @app.get("/readyz")
    @public
    def readyz() -> ResponseReturnValue:
        try:
            db.session.execute(text("SELECT 1 FROM person LIMIT 1"))
        except SQLAlchemyError:
            return jsonify(status="no database"), 503
        return jsonify(status="ok")
