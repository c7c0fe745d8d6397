"""The kinds of messages that a person can choose about: each feature registers its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """How a kind of message comes by mail."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    NONE = "none"


class Audience(StrEnum):
    """Whom messages of a kind are for."""

    LEARNERS = "learners"
    MANAGERS = "managers"
    ADMINS = "admins"


@dataclass(frozen=True)
class MessageKind:
    """A kind of message; `key` names it in the database, `label` on the page of choices."""

    key: str
    label: str
    audience: Audience
    #: What holds for whoever has chosen nothing.
    default: Choice = Choice.AT_ONCE
    #: Whether it can wait for the digest.
    can_wait: bool = True
    #: Whether a notice in the product tells it too, whatever she chooses.
    in_product: bool = True

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen."""
        return tuple(each for each in Choice if self.can_wait or each is not Choice.DIGEST)


_kinds: dict[str, MessageKind] = {}


def register_message_kind(kind: MessageKind) -> None:
    """Add a kind; registering it again changes nothing. Raises ValueError where another has its key."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"two kinds of messages are called {kind.key!r}")


def message_kinds() -> Mapping[str, MessageKind]:
    """Every kind by its key, in the order of registration."""
    return _kinds
