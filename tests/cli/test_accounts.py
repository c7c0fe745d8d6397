"""`lms accounts`: what is done at the console for somebody who cannot sign in."""

import re

from lms.accounts.models import Person
from lms.accounts.totp import new_secret
from lms.clock import now
from lms.db import db
from tests.cli.filling import app_on
from tests.cli.processes import Installation
from tests.factories import make_person
from tests.page import PageClient

LINK = re.compile(r"https://learn\.example\.org(/fa/reset/\S+)")


def test_the_link_leads_to_the_choice_of_a_password(installation: Installation) -> None:
    with app_on(installation.url, installation.data):
        make_person(sign_in_name="مریم رستمی")
    told = Installation(installation.data, {"BASE_URL": "https://learn.example.org"}).lms(
        "accounts", "reset", "مريم رستمي"
    )
    link = LINK.search(told)
    assert link
    with app_on(installation.url, installation.data) as app:
        PageClient(app).get(link[1])


def test_nobody_of_that_name(upgraded: Installation) -> None:
    assert "Nobody signs in as nobody." in upgraded.process("accounts", "reset", "nobody", status=1)


def test_a_lost_second_factor_is_dropped(installation: Installation) -> None:
    with app_on(installation.url, installation.data):
        make_person(sign_in_name="narges", totp_secret=new_secret(), totp_confirmed_at=now())
    assert "signs in without a code" in installation.lms("accounts", "drop-second-factor", "Narges")
    with app_on(installation.url, installation.data):
        person = db.session.query(Person).one()
        assert (person.totp_secret, person.totp_confirmed_at) == (None, None)
    assert "has no second factor" in installation.lms("accounts", "drop-second-factor", "narges", status=1)
