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
class SignInNameChanged(Event):
    """A person signs in with another name from now on."""

    name: ClassVar[str] = "sign_in_name_changed"

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


@dataclass(frozen=True)
class RecoveryCodesMade(Event):
    """A person had new codes printed; the earlier ones are worth nothing."""

    name: ClassVar[str] = "recovery_codes_made"

    person_id: int


@dataclass(frozen=True)
class ResetCodeMade(Event):
    """A manager made a code by which a person of the organization can set another password."""

    name: ClassVar[str] = "reset_code_made"

    person_id: int
    organization_id: int


@dataclass(frozen=True)
class PasswordReset(Event):
    """A password was set by a link or by a manager's code; `made_by_id` is that manager."""

    name: ClassVar[str] = "password_reset"

    person_id: int
    made_by_id: int | None


@dataclass(frozen=True)
class FirstOperatorMade(Event):
    """The installation got its first operator, by the code on its console."""

    name: ClassVar[str] = "first_operator_made"

    person_id: int


@dataclass(frozen=True)
class MailConfirmed(Event):
    """A person showed that a mail address is hers; she can sign in with it."""

    name: ClassVar[str] = "mail_confirmed"

    person_id: int


@dataclass(frozen=True)
class AccountErased(Event):
    """A person was erased; her id stays."""

    name: ClassVar[str] = "account_erased"

    person_id: int
