"""Who asks: a token in the Authorization header, and nothing else. Cookies are not looked at.

What a token opens is judged by the same policy as a page, with an actor that is less than its maker: her role as admin
of the token's network, where she holds it today, and nothing more.
"""

from dataclasses import dataclass
from datetime import date

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import OperationalError

from lms.api.models import ApiToken
from lms.api.problems import is_for_programs
from lms.api.queries.tokens import token_by_secret
from lms.api.scopes import TokenScope
from lms.api.services import PREFIX, note_use
from lms.certification.queries import local_day
from lms.clock import now
from lms.db import write_unit
from lms.formats import Formatter, negotiate
from lms.logs import log
from lms.organizations.queries import actor_of
from lms.security.actor import Actor, Granted, Role
from lms.setup import settings_of

LONGEST = 100


@dataclass(frozen=True)
class Bearer:
    """A token at work: what it may do, for whom, and on which day of its network."""

    token: ApiToken
    actor: Actor
    day: date

    def has(self, scope: TokenScope) -> bool:
        """Whether it may do that."""
        return scope in self.token.scopes


def secret_sent() -> str:
    """The secret in the request: a bearer's, or the password of who can send only name and password."""
    sent = request.authorization
    if sent is None:
        return ""
    secret = (sent.password if sent.type == "basic" else sent.token if sent.type == "bearer" else "") or ""
    return secret if secret.startswith(PREFIX) and len(secret) <= LONGEST else ""


def bearer() -> Bearer | None:
    """The token that makes the present request, if it is alive and its maker still administers its network."""
    try:
        found: Bearer | None = g.bearer
    except AttributeError:
        found = g.bearer = _find(secret_sent())
    return found


def _find(secret: str) -> Bearer | None:
    token = token_by_secret(secret) if secret else None
    if token is None:
        return None
    day = local_day(token.network, now())
    role = Granted(Role.NETWORK_ADMIN, network_id=token.network_id)
    if not token.is_live(day) or role not in actor_of(token.person_id).grants:
        return None
    return Bearer(token, Actor(token.person_id, frozenset({role})), day)


def note_presence(response: Response) -> Response:
    """Keep the day on which a token was used, once a day: after the answer is out, which a GET cannot hold up."""
    # Where nobody asked who it is (too many requests), nobody does now.
    found: Bearer | None = g.get("bearer")
    if found is not None and found.token.last_used_on != found.day:
        app, token_id, day = current_app._get_current_object(), found.token.id, found.day  # type: ignore[attr-defined]

        def note() -> None:
            try:
                with app.app_context(), write_unit():
                    note_use(token_id, day)
            except OperationalError:
                # Another holds the lock; the next request of the day says the same.
                log.warning("the use of a token was not noted")

        response.call_on_close(note)
    return response


def init_bearers(app: Flask) -> None:
    """Let requests of the API be made by tokens, and be answered in the language that they ask for."""
    load_actor, reader_of = app.extensions["lms_load_actor"], app.extensions["lms_reader_of"]
    settings = settings_of(app)

    def actor() -> Actor | None:
        if not is_for_programs():
            person: Actor | None = load_actor()
            return person
        found = bearer()
        return found.actor if found else None

    def reader(lang: str) -> Formatter:
        if not is_for_programs():
            formatter: Formatter = reader_of(lang)
            return formatter
        asked = negotiate(request.headers.get("Accept-Language", ""), default=settings.default_language)
        return Formatter(asked, time_zone=settings.time_zone)

    app.extensions["lms_load_actor"], app.extensions["lms_reader_of"] = actor, reader
