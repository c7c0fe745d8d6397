"""How often a token, or an address without one, may ask the API."""

from lms.accounts.sessions import token_hash
from lms.api.bearers import secret_sent
from lms.pace import Pace, key_of_place
from lms.setup import current_settings

PLACES = 10
"""One place (an office, a server) may hold so many tokens at full pace before it is slowed down itself."""


def keep_pace() -> None:
    """Count the present request. Raises TooManyRequests."""
    most, place, secret = current_settings().api_pace, key_of_place(), secret_sent()
    Pace("api-place", most * PLACES).keep(place)
    # What stands in Redis opens nothing.
    Pace("api", most).keep(token_hash(token_hash(secret)) if secret else place)
