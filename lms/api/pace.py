"""How often a token, or an address without a valid one, may ask: Flask-Limiter, asked by the API's endpoints alone.

Counts lie in the memory of a process, or in Redis where one is set: then all processes count together.
"""

import hashlib
import hmac

from flask import Flask, current_app, request
from flask_limiter import Limiter, RateLimitExceeded

from lms.accounts.sessions import token_hash
from lms.api.bearers import secret_sent
from lms.clock import now, today
from lms.setup import current_settings, settings_of

PLACES, MINUTE = 10, 60
"""One place (an office, a server) may hold so many tokens at full pace before it is slowed down itself."""


def _of_token() -> str:
    secret = secret_sent()
    # What stands in Redis opens nothing.
    return f"token:{token_hash(token_hash(secret))}" if secret else _of_place()


def _of_place() -> str:
    """No address is kept: an HMAC that is another one tomorrow."""
    message = f"{today()}\n{request.remote_addr or ''}"
    key = hmac.new(current_settings().secret_key.encode(), message.encode(), hashlib.sha256)
    return f"place:{key.hexdigest()}"


def keep_pace() -> None:
    """Count the present request. Raises TooManyRequests with the seconds after which to try again."""
    pace: Pace = current_app.extensions["lms_api_pace"]
    try:
        pace.count_place()
        pace.count_token()
    except RateLimitExceeded as error:
        limit = pace.limiter.current_limit
        left = limit.reset_at - int(now().timestamp()) if limit else MINUTE
        error.retry_after = min(max(left, 1), MINUTE)
        raise


class Pace:
    """The limiter of an app, and what it counts."""

    def __init__(self, limiter: Limiter, most: int) -> None:
        self.limiter = limiter
        self.count_place = limiter.shared_limit(f"{most * PLACES}/minute", scope="api", key_func=_of_place)(_place)
        self.count_token = limiter.shared_limit(f"{most}/minute", scope="api", key_func=_of_token)(_token)


def _place() -> None:
    """Counted by its name: what is limited is the API as a whole."""


def _token() -> None:
    """The same of tokens."""


def init_pace(app: Flask) -> None:
    """Give the app its limits."""
    app.extensions["lms_api_pace"] = pace_of(app, settings_of(app).api_pace)


def pace_of(app: Flask, most: int) -> Pace:
    """Limits of an app that has counted nothing: `most` requests of a token in a minute."""
    settings = settings_of(app)
    limiter = Limiter(
        _of_token,
        storage_uri=settings.redis_url or "memory://",
        strategy="fixed-window",
        key_prefix="tashbik",
        # A Redis that is away stops nobody: each process counts for itself until it is back.
        in_memory_fallback_enabled=bool(settings.redis_url),
    )
    # Known to the app already, it does not hang itself before and after every page: it is asked by the API alone.
    app.extensions.setdefault("limiter", set()).add(limiter)
    limiter.init_app(app)
    return Pace(limiter, most)
