"""Signing somebody in on the browser that makes the present request."""

from flask import current_app, redirect, request, session
from flask.typing import ResponseReturnValue

from lms.accounts.agents import agent_kind
from lms.accounts.current import current_session
from lms.accounts.models import Person
from lms.accounts.sessions import COOKIE, LONG_LIFE, close_session, open_session
from lms.clock import now
from lms.db import write_unit
from lms.security.tokens import SECRET
from lms.setup import settings_of

WHO = "person"
"""Of the signed cookie: the public id of who signed in last on this browser."""


def begin_session(person: Person, address: str, *, keep: bool = False) -> ResponseReturnValue:
    """Sign the person in on this browser, in place of whoever was, and go on to an address of this site.

    `keep` lets the session outlive the browser. Runs a write unit of its own.
    """
    old = current_session()
    with write_unit():
        if old is not None:
            close_session(old, now())
        agent = agent_kind(request.headers.get("User-Agent", ""))
        _session, token = open_session(person, agent=agent, keep=keep, now=now())
    if session.get(WHO, person.public_id) != person.public_id:
        # A page that somebody else left open in this browser is not sent in this person's name.
        session.pop(SECRET, None)
    session[WHO] = person.public_id
    response = redirect(address, 303)
    response.set_cookie(
        COOKIE,
        token,
        max_age=LONG_LIFE if keep else None,
        secure=settings_of(current_app).secure,
        httponly=True,
        samesite="Lax",
    )
    return response
