"""What somebody typed into a form that could not be taken: it is shown to her once more, so that she can copy it."""

from flask import request

SECRETS = frozenset({"csrf_token", "password", "present"})
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


def _is_text(value: str) -> bool:
    return len(value.strip()) >= LEAST and len(value.split()) > 1
