"""What a page of texts side by side sends."""

from collections.abc import Mapping

from lms.authoring.drafts.texts import Seen, Typed, TypedTexts
from lms.formats import LANGUAGES

TEXT, SEEN = "text-", "seen-"


def read_typed(form: Mapping[str, str]) -> TypedTexts:
    """The texts of a form: `text-<item>-<language>`, each with `seen-<item>-<language>`."""
    found = {}
    for name, text in form.items():
        item, _hyphen, language = name.removeprefix(TEXT).rpartition("-")
        if name.startswith(TEXT) and item and language in LANGUAGES:
            found[item, language] = Typed(text, Seen.read(form.get(f"{SEEN}{item}-{language}", "")))
    return found
