"""What happened to accounts: ids only, no names."""

from dataclasses import dataclass
from typing import ClassVar

from lms.events import Event


@dataclass(frozen=True)
class AccountCreated(Event):
    """An account was made."""

    name: ClassVar[str] = "account_created"

    person_id: int
