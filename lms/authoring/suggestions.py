"""What a reader of the language would spell otherwise: told before publishing, never changed by us."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.authoring.addresses import address_of_item
from lms.authoring.drafts.diffing import plain
from lms.authoring.drafts.texts import by_language
from lms.authoring.hindrances import kept_items, place_of
from lms.i18n import lazy_gettext as _
from lms.text import findings
from lms.training.models import DraftPart

MOST = 50
LABELS = {
    ("fa", "letters"): _("an Arabic letter where Persian has its own"),
    ("fa", "verb"): _("a verb without its half-space"),
    ("fa", "plural"): _("a plural without its half-space"),
    ("fa", "punctuation"): _("Latin punctuation"),
    ("fa", "half-space"): _("a half-space beside a space"),
    ("fa", "digits"): _("Latin digits"),
    ("ar", "letters"): _("a Persian letter where Arabic has its own"),
    ("ar", "tatweel"): _("a stretched letter"),
    ("ar", "slash"): _("a slash between two words"),
    ("ar", "punctuation"): _("Latin punctuation"),
}


@dataclass(frozen=True)
class Suggestion:
    """Something to look at: where, in which language, what, and the words round it."""

    place: str
    address: str
    language: str
    message: str
    words: str


def suggestions_for(parts: Sequence[DraftPart], languages: Sequence[str]) -> list[Suggestion]:
    """The first of them."""
    found = (one for part in parts for one in _in_part(part, languages))
    return [one for _number, one in zip(range(MOST), found, strict=False)]


def _in_part(part: DraftPart, languages: Sequence[str]) -> Iterator[Suggestion]:
    for item in kept_items(part):
        for code, text in by_language(item).items():
            if code in languages and text.filled:
                for rule, words in findings(plain(text.body), code):
                    message = str(LABELS[code, rule])
                    yield Suggestion(place_of(part, item), address_of_item(part, item), code, message, words)
