"""What happened to accounts: ids only, no names."""

from dataclasses import dataclass
from typing import ClassVar

from lms.events import Event


@dataclass(frozen=True)
class AccountCreated(Event):
    """An account was made."""

    name: ClassVar[str] = "account_created"

    person_id: int


@dataclass(frozen=True)
class PasswordChanged(Event):
    """A person set another password, knowing the one before."""

    name: ClassVar[str] = "password_changed"

    person_id: int


@dataclass(frozen=True)
class SignedOutEverywhere(Event):
    """A person ended all her sessions."""

    name: ClassVar[str] = "signed_out_everywhere"

    person_id: int


@dataclass(frozen=True)
class SecondFactorEnabled(Event):
    """A person's sign-in asks for a code from now on."""

    name: ClassVar[str] = "second_factor_enabled"

    person_id: int


@dataclass(frozen=True)
class SecondFactorDisabled(Event):
    """A person's sign-in asks for no code any more."""

    name: ClassVar[str] = "second_factor_disabled"

    person_id: int


@dataclass(frozen=True)
class RecoveryCodeUsed(Event):
    """A person signed in with a printed code instead of her second factor."""

    name: ClassVar[str] = "recovery_code_used"

    person_id: int
