"""What a request tells about its session: that it is in use, and in which language."""

from flask import Flask, g, request

from lms.accounts.current import browser, current_session
from lms.accounts.services import note_presence
from lms.accounts.sessions import SEEN_EVERY
from lms.clock import now
from lms.db import write_unit

SAFE = ("GET", "HEAD", "OPTIONS")


def init_presence(app: Flask) -> None:
    """Note at most once an hour that a session is in use, and at once that its person reads another language."""

    @app.before_request
    def remember() -> None:
        if request.method in SAFE or "lang" not in g:
            return
        her = browser()
        if her is None or not (now() - her.seen_at >= SEEN_EVERY or her.language != g.lang):
            return
        session = current_session()
        assert session is not None
        with write_unit():
            note_presence(session, g.lang, now())
