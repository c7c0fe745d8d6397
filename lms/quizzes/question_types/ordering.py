"""Ordering: items are put in their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, ClassVar

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, lazy_pgettext, reader
from lms.quizzes.question_types import ordering_form
from lms.quizzes.question_types.base import Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.parts import OUTCOMES, feedback_of, missing_texts, part_ids, value_of
from lms.quizzes.question_types.reading import feedback_faults, ids_of, mapping_of

CREDITS = ("position", "adjacent", "exact")


class Ordering(QuestionType):
    """Answers are {"places": {item: 1…}}, of those items that were given a place; no place is given twice."""

    key = "ordering"
    label = lazy_pgettext("question type", "Ordering")
    help = lazy_gettext("Steps or events to be put in their order, such as the steps of founding a network.")
    answer_template = "quizzes/types/ordering.html"
    review_template = "quizzes/types/ordering_review.html"
    scripts = ("drag.js", "ordering.js")
    inline = ("prompt", "items", "feedback")
    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {
            "places": {
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 1},
                "minProperties": 1,
            }
        },
        "required": ["places"],
        "additionalProperties": False,
    }

    def faults(self, content: Content) -> Iterator[Fault]:
        """Too few items, items without words, an order that is none of them."""
        items = self.options_of(content.structure)
        if len(items) < 2:
            yield Fault("structure.items", _("Give at least two items."))
        if sorted(ids_of(content.scoring.get("order"))) != sorted(items):
            yield Fault("scoring.order", _("The order must name each item once."))
        if content.scoring.get("credit", CREDITS[0]) not in CREDITS:
            yield Fault("scoring.credit", _("This way of marking is not known."))
        for language, text in content.text.items():
            yield from missing_texts(text, language, "items", items, _("This item has no text."))
            yield from feedback_faults(text, language, OUTCOMES)

    def options_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The items."""
        return part_ids(structure.get("items"))

    def arrange(self, structure: Mapping[str, Any], order: Random, *, shuffle: bool) -> list[str]:
        """Always shuffled, and never as written, which may be the order that is asked for."""
        items = self.options_of(structure)
        found = order.sample(items, len(items))
        return found[1:] + found[:1] if found == items and len(items) > 2 else found

    def shown_order(self, items: Sequence[str], given: Given) -> list[str]:
        """The items of a page by the places that they were given, those without any after them."""
        places = {str(at): at for at in range(1, len(items) + 1)}
        return sorted(items, key=lambda item: places.get(value_of(given, item), len(items) + 1))

    def feedback_keys(self, structure: Mapping[str, Any]) -> list[str]:
        """On the whole."""
        return OUTCOMES

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """The places given, in the order of the items. Raises DomainError where two items have one place."""
        items = self.options_of(structure)
        found = {item: value_of(given, item) for item in items}
        allowed = {str(at): at for at in range(1, len(items) + 1)}
        if not {place for place in found.values() if place} <= allowed.keys():
            raise DomainError(_("Choose from the list."))
        places = {item: allowed[place] for item, place in found.items() if place}
        for item, place in places.items():
            if list(places.values()).count(place) > 1:
                number = reader().number(places[item])
                raise DomainError(_("Two items have place %(number)s: give each its own.", number=number))
        return {"places": places} if places else None

    def given(self, answer: Answer) -> Given:
        """The list of each item."""
        return {item: [str(place)] for item, place in answer["places"].items()}

    def is_whole(self, structure: Mapping[str, Any], answer: Answer) -> bool:
        """Whether every item has a place."""
        return len(answer["places"]) == len(self.options_of(structure))

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """A share for each item in its place, or after the right one; or all or nothing."""
        order, places = content.scoring["order"], answer["places"]
        credit = content.scoring.get("credit", CREDITS[0])
        wanted = {item: at for at, item in enumerate(order, 1)}
        parts = _follows(order, places) if credit == "adjacent" else {i: places[i] == wanted[i] for i in places}
        if places == wanted:
            fraction = 1.0
        elif credit == "adjacent":
            fraction = sum(parts[item] for item in order[1:] if item in parts) / (len(order) - 1)
        else:
            fraction = sum(parts.values()) / len(order) if credit == "position" else 0.0
        outcome = feedback_of(fraction, parts)[:1]
        return Grade(fraction, outcome, parts)

    def correct_answer(self, content: Content, language: str) -> Answer:
        """The key."""
        return {"places": {item: at for at, item in enumerate(content.scoring["order"], 1)}}

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """The items that have a place, in the order given."""
        said = mapping_of(text.get("items"))
        places: dict[str, int] = answer["places"]
        return [said.get(item, item) for item in sorted(places, key=places.__getitem__)]

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Each item at its place, "item>2"."""
        return [f"{item}>{place}" for item, place in answer["places"].items()]

    def summary_label(self, key: str, text: Mapping[str, Any]) -> str:
        """An item and its place in words."""
        item, _to, place = key.partition(">")
        label: str = reader().number(int(place)) + ". " + mapping_of(text.get("items")).get(item, item)
        return label

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """The items in their order, and how it is marked."""
        return ordering_form.fields(content, languages)

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The items as edited; their order in the form is the right one."""
        return ordering_form.content_from(given, before)


def _follows(order: Sequence[str], places: Mapping[str, int]) -> dict[str, bool]:
    """Whether each item follows the one that it should follow; the first one, whether it comes first."""
    before = dict(zip(order, [None, *order[:-1]], strict=True))
    return {
        item: place == 1 if (other := before[item]) is None else places.get(other) == place - 1
        for item, place in places.items()
    }
