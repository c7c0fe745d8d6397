"""Two clicks at once where nothing is stored yet: the second finds what the first stored, and neither fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.boards.models import CalendarLink
from lms.boards.services.calendar_links import make_link
from lms.certification.models import SchemeDraft
from lms.certification.services.drafts import keep_draft
from lms.clock import now
from lms.db import db, write_unit
from lms.imports.matchings import remember
from lms.imports.models import ImportMatching
from lms.messages.kinds import message_kinds
from lms.messages.models import MessageChoice
from lms.notifications.services import change_choices
from lms.organizations.models import Network
from tests.factories import make_network
from tests.reporting import make_admin

Deed = Callable[[int, int], object]


def _choose(_network_id: int, person_id: int) -> None:
    choices = {key: kind.default for key, kind in message_kinds().items()}
    change_choices(person_id, choices, None, 8, "UTC", now())


DEEDS: dict[str, tuple[Deed, type, Callable[[], int]]] = {
    "calendar link": (
        lambda network_id, person_id: make_link(db.session.get_one(Network, network_id), actor_id=person_id, now=now()),
        CalendarLink,
        lambda: 1,
    ),
    "scheme draft": (
        lambda network_id, person_id: keep_draft(network_id, person_id, {"a": "b"}, base=1, now=now()),
        SchemeDraft,
        lambda: 1,
    ),
    "matching of a sheet": (
        lambda network_id, _person_id: remember(
            db.session.get_one(Network, network_id), ["a", "b"], ["person", "mail"]
        ),
        ImportMatching,
        lambda: 1,
    ),
    "message choices": (_choose, MessageChoice, lambda: len(message_kinds())),
}


@pytest.mark.parametrize("name", DEEDS)
def test_two_clicks_at_once_store_one(app: Flask, name: str) -> None:
    deed, model, most = DEEDS[name]
    network = make_network()
    network_id, person_id = network.id, make_admin(network).id
    together = Barrier(4)

    def click() -> None:
        with app.app_context():
            together.wait(10)
            try:
                with write_unit():
                    deed(network_id, person_id)
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(click) for _ in range(4)]:
            done.result()
    assert db.session.scalar(select(func.count()).select_from(model)) == most()
