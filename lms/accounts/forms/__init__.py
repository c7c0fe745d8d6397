"""Forms of accounts."""

from lms.accounts.forms.preferences import PreferencesForm
from lms.accounts.forms.privacy import EraseForm
from lms.accounts.forms.profile import MailForm, ProfileForm
from lms.accounts.forms.signing_in import (
    EndSecondFactorForm,
    FirstRunForm,
    ForgottenForm,
    NewAccountForm,
    NewPasswordForm,
    PasswordForm,
    ResetCodeForm,
    SecondFactorForm,
    SignInForm,
    SignInNameForm,
)

__all__ = [
    "EndSecondFactorForm",
    "EraseForm",
    "FirstRunForm",
    "ForgottenForm",
    "MailForm",
    "NewAccountForm",
    "NewPasswordForm",
    "PasswordForm",
    "PreferencesForm",
    "ProfileForm",
    "ResetCodeForm",
    "SecondFactorForm",
    "SignInForm",
    "SignInNameForm",
]
