"""What is done to accounts. None of these commits: callers run them in a write unit."""

from lms.accounts.services.people import create_person, suggest_sign_in_name

__all__ = ["create_person", "suggest_sign_in_name"]
