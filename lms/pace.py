"""How often an address, a link or a token may ask; a page writes nothing to know it."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from lms.clock import today

if TYPE_CHECKING:
    from lms.counting import Counts


@dataclass(frozen=True)
class Pace:
    """So many requests a minute under each key, counted under a name."""

    name: str
    most: int

    def keep(self, key: str) -> None:
        """Count the present request. Raises TooManyRequests with the seconds after which to try again."""
        counts: Counts = current_app.extensions["lms_counts"]
        wait = counts.wait(self.name, self.most, key)
        if wait:
            raise TooManyRequests(retry_after=wait)


def key_of_place() -> str:
    """Where the present request comes from. No address is kept: an HMAC that is another one tomorrow."""
    secret: str = current_app.config["SECRET_KEY"]
    message = f"{today()}\n{request.remote_addr or ''}"
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


def init_pace(app: Flask, redis_url: str) -> None:
    """Begin to count; a Redis that is set is not asked yet."""
    # Not at the head: commands that make no app do without what this imports.
    from lms.counting import Counts

    app.extensions["lms_counts"] = Counts(redis_url)
