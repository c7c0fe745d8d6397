"""Categorise: each item is put into one of several groups."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, lazy_pgettext
from lms.quizzes.question_types import categorise_form
from lms.quizzes.question_types.assigning import AssigningType, answer_schema
from lms.quizzes.question_types.base import AuthorField, Content, Given


class Categorise(AssigningType):
    """A group may hold any number of items, or none."""

    key = "categorise"
    label = lazy_pgettext("question type", "Sorting into groups")
    help = lazy_gettext("Items that belong to groups: is this a union, an umbrella, a forum or a network?")
    answer_template = "quizzes/types/categorise.html"
    places = "groups"
    key_name = "groups"
    inline = ("prompt", "items", "groups", "feedback")
    answer_schema = answer_schema("groups")

    def too_few_places(self) -> str:
        """One group leaves no choice."""
        return _("Give at least two groups.")

    def place_without_text(self) -> str:
        """A group without name."""
        return _("This group has no text.")

    def options_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The items: groups keep the order in which they were written."""
        return self.items_of(structure)

    def arrange(self, structure: Mapping[str, Any], order: Random, *, shuffle: bool) -> list[str]:
        """Always shuffled: people write them group by group."""
        return super().arrange(structure, order, shuffle=True)

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """The groups, then the items with the group of each."""
        return categorise_form.fields(content, languages)

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The groups and items as edited."""
        return categorise_form.content_from(given, before)
