"""Matching: each item is paired with what goes with it."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from markupsafe import Markup

from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, lazy_pgettext
from lms.quizzes.question_types import matching_form
from lms.quizzes.question_types.assigning import AssigningType, answer_schema
from lms.quizzes.question_types.base import AuthorField, Content, Fault, Given
from lms.quizzes.question_types.naming import letters_of
from lms.quizzes.question_types.reading import mapping_of

LONGEST_CHOICE = 28
"""Letters that a list shows on a phone."""


class Matching(AssigningType):
    """Matches may be more than items, to mislead, and one match may go with several items."""

    key = "matching"
    label = lazy_pgettext("question type", "Matching")
    help = lazy_gettext("Pairs that belong together: terms and their meanings, bodies and their tasks.")
    answer_template = "quizzes/types/matching.html"
    places = "matches"
    key_name = "pairs"
    inline = ("prompt", "items", "matches", "feedback")
    answer_schema = answer_schema("pairs")

    def faults(self, content: Content) -> Iterator[Fault]:
        """As of every such type; two matches that read alike."""
        yield from super().faults(content)
        for language, text in content.text.items():
            said = [words for words in mapping_of(text.get("matches")).values() if isinstance(words, str)]
            if len({words.strip() for words in said}) < len(said):
                yield Fault(f"text.{language}.matches", _("Two matches say the same."))

    def too_few_places(self) -> str:
        """One match leaves no choice."""
        return _("Give at least two different matches.")

    def place_without_text(self) -> str:
        """A match without words."""
        return _("This match has no text.")

    def options_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The matches."""
        return self.places_of(structure)

    def arrange(self, structure: Mapping[str, Any], order: Random, *, shuffle: bool) -> list[str]:
        """Always shuffled: as written, they would give the pairs away."""
        return super().arrange(structure, order, shuffle=True)

    def reads_long(self, text: Mapping[str, Any]) -> bool:
        """Whether matches are too long for a list that opens: they are then shown above it, with numbers."""
        return any(len(Markup(said).striptags()) > LONGEST_CHOICE for said in text["matches"].values())  # noqa: S704

    def letters_of(self, matches: Sequence[str]) -> dict[str, str]:
        """What each match is called in a list, by its place there."""
        return letters_of(matches)

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """Pair by pair, then the matches that go with nothing."""
        return matching_form.fields(content, languages)

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The pairs as edited; matches of the same words are one."""
        return matching_form.content_from(given, before)
