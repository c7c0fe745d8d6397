"""Logs: one line a request, with an id and without a name, an address' secret or an IP."""

import json
import logging
import time
import uuid
from typing import Any

from flask import Flask, Response, g, request

log = logging.getLogger("lms")


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "message": record.getMessage(),
        }
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class TextFormatter(logging.Formatter):
    """The same for a person at a console."""

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in getattr(record, "facts", {}).items())
        return f"{super().format(record)} {facts}".rstrip()


def init_logs(app: Flask, log_format: str) -> None:
    """Write our log to the standard error stream, and a line for each request."""
    if not log.handlers:
        handler = logging.StreamHandler()
        log.addHandler(handler)
        log.propagate = False
        log.setLevel(logging.INFO)
    log.handlers[0].setFormatter(
        JsonFormatter() if log_format == "json" else TextFormatter("%(levelname)s %(message)s")
    )

    @app.before_request
    def start() -> None:
        g.request_id = uuid.uuid4().hex[:12]
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if not app.testing and not request.path.startswith("/static/"):
            log.info("request", extra={"facts": _facts(response)})
        return response


def _facts(response: Response) -> dict[str, Any]:
    # The rule, not the path: ids and codes stay out of logs.
    rule = request.url_rule.rule if request.url_rule else "(none)"
    spent = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000)
    return {
        "id": g.get("request_id", ""),
        "method": request.method,
        "rule": rule,
        "status": response.status_code,
        "ms": spent,
    }
