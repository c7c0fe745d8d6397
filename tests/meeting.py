"""Two writes that meet: the second comes while the first has not ended."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from flask import Flask

from lms.db import db, write_unit

Deed = Callable[[], None]
MEANWHILE = 0.5
"""Seconds that the first waits once it has done its part."""


def meet(app: Flask, first: Deed, second: Deed, *, then: Deed = lambda: None) -> None:
    """Do both, each in a write unit and a thread of its own; `then` ends the first's, once the other has come.

    Raises what either of them raises.
    """
    done = Event()

    def begin() -> None:
        with app.app_context(), write_unit():
            first()
            done.set()
            Event().wait(MEANWHILE)  # the other comes meanwhile
            then()

    def follow() -> None:
        done.wait(10)
        with app.app_context():
            try:
                with write_unit():
                    second()
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        for each in (pool.submit(begin), pool.submit(follow)):
            each.result()
