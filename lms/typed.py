"""What somebody typed into a form that could not be taken: she can send it again, or see it once more and copy it."""

from flask import request

SECRETS = frozenset({"csrf_token", "password", "present", "code"})
"""Fields whose values no page shows again."""
LEAST = 12
"""Letters: what is shorter is typed again sooner than copied."""


def typed_texts() -> list[str]:
    """The texts in the form of the present request, in its order: what is long enough and has more than one word.

    None where another site sent the form: its words would look like ours.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    return [value for name, value in request.form.items(multi=True) if name not in SECRETS and _is_text(value)]


def sent_fields() -> list[tuple[str, str]]:
    """The fields of the form of the present request, to be sent again: it had our token, or it would not be read.

    None where something would be missing, or where a secret would stand in the page.
    """
    if request.files or not SECRETS.isdisjoint(request.form.keys() - {"csrf_token"}):
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]


def _is_text(value: str) -> bool:
    return len(value.strip()) >= LEAST and len(value.split()) > 1
