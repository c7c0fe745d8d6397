"""What the room of the API tells."""

from dataclasses import dataclass

from lms.events import Event


@dataclass(frozen=True)
class ApiTokenMade(Event):
    """An admin made a token (its public id) that reads a network's data; `scopes` are joined by spaces."""

    name = "api_token_made"

    network_id: int
    token: str
    scopes: str


@dataclass(frozen=True)
class ApiTokenRevoked(Event):
    """An admin ended a token."""

    name = "api_token_revoked"

    network_id: int
    token: str
