"""What is done to accounts. None of these commits: callers run them in a write unit."""

from lms.accounts.services.erasing import erase_account, erase_person
from lms.accounts.services.first_run import first_run_by_code, first_run_code, is_first_run, make_first_operator
from lms.accounts.services.notices import note_all_read, note_read, note_settled, notify, notify_all
from lms.accounts.services.passwords import change_password
from lms.accounts.services.people import change_sign_in_name, create_person, suggest_sign_in_name
from lms.accounts.services.profile import (
    Preferences,
    begin_mail_change,
    change_preferences,
    change_profile,
    confirm_mail,
    mail_change_by_token,
    set_mail,
)
from lms.accounts.services.resets import (
    make_reset_code,
    make_reset_token,
    may_make_reset_code,
    reset_by_code,
    reset_by_token,
    reset_password,
)
from lms.accounts.services.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    end_second_factor,
    pass_second_factor,
    renew_recovery_codes,
    take_second_factor,
)
from lms.accounts.services.signed_in import note_presence, sign_out_everywhere

__all__ = [
    "Preferences",
    "begin_mail_change",
    "begin_second_factor",
    "change_password",
    "change_preferences",
    "change_profile",
    "change_sign_in_name",
    "confirm_mail",
    "confirm_second_factor",
    "create_person",
    "end_second_factor",
    "erase_account",
    "erase_person",
    "first_run_by_code",
    "first_run_code",
    "is_first_run",
    "mail_change_by_token",
    "make_first_operator",
    "make_reset_code",
    "make_reset_token",
    "may_make_reset_code",
    "note_all_read",
    "note_presence",
    "note_read",
    "note_settled",
    "notify",
    "notify_all",
    "pass_second_factor",
    "renew_recovery_codes",
    "reset_by_code",
    "reset_by_token",
    "reset_password",
    "set_mail",
    "sign_out_everywhere",
    "suggest_sign_in_name",
    "take_second_factor",
]
