"""What matching and categorising have in common: each item is given one of several places."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.quizzes.question_types.base import Answer, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.parts import (
    OUTCOMES,
    feedback_of,
    missing_texts,
    part_ids,
    partial_faults,
    share_of,
    value_of,
)
from lms.quizzes.question_types.reading import feedback_faults, ids_of, mapping_of


class AssigningType(QuestionType):
    """Answers are {<key_name>: {item: place}}, of those items that were given a place."""

    review_template = "quizzes/types/assigning_review.html"
    scripts = ("drag.js", "assigning.js")
    places: ClassVar[str]
    """What the places are called in structure and text."""
    key_name: ClassVar[str]
    """What says the right place of each item in scoring, and the given one in an answer."""

    def items_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The ids of what is to be given a place."""
        return part_ids(structure.get("items"))

    def places_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The ids of the places."""
        return ids_of(structure.get(self.places))

    def faults(self, content: Content) -> Iterator[Fault]:
        """Too few items or places, items without their place, what has no words."""
        items, places = self.items_of(content.structure), self.places_of(content.structure)
        if len(items) < 2:
            yield Fault("structure.items", _("Give at least two items."))
        if len(places) < 2:
            yield Fault(f"structure.{self.places}", self.too_few_places())
        yield from self._key_faults(content, items, places)
        yield from partial_faults(content.scoring)
        for language, text in content.text.items():
            yield from missing_texts(text, language, "items", items, _("This item has no text."))
            yield from missing_texts(text, language, self.places, places, self.place_without_text())
            yield from feedback_faults(text, language, [*items, *OUTCOMES])

    @abstractmethod
    def too_few_places(self) -> str:
        """What is said where there is no choice of places."""

    @abstractmethod
    def place_without_text(self) -> str:
        """What is said of a place without words."""

    def _key_faults(self, content: Content, items: list[str], places: list[str]) -> Iterator[Fault]:
        key = mapping_of(content.scoring.get(self.key_name))
        for item in items:
            if key.get(item) not in places:
                yield Fault(f"scoring.{self.key_name}.{item}", _("Say where this item belongs."))
        if not key.keys() <= set(items):
            yield Fault(f"scoring.{self.key_name}", _("The key names an item that there is not."))

    def feedback_keys(self, structure: Mapping[str, Any]) -> list[str]:
        """Each item, and the whole."""
        return [*self.items_of(structure), *OUTCOMES]

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """The places given, in the order of the items. Raises DomainError for a place that there is not."""
        found = {item: value_of(given, item) for item in self.items_of(structure)}
        if not {place for place in found.values() if place} <= set(self.places_of(structure)):
            raise DomainError(_("Choose from the list."))
        placed = {item: place for item, place in found.items() if place}
        return {self.key_name: placed} if placed else None

    def given(self, answer: Answer) -> Given:
        """The list of each item."""
        return {item: [place] for item, place in answer[self.key_name].items()}

    def is_whole(self, structure: Mapping[str, Any], answer: Answer) -> bool:
        """Whether every item has a place."""
        return len(answer[self.key_name]) == len(self.items_of(structure))

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """A share for each item in its right place."""
        placed, key = answer[self.key_name], content.scoring[self.key_name]
        fraction = share_of({item: float(placed.get(item) == key[item]) for item in key}, content.scoring)
        parts = {item: placed[item] == key[item] for item in content.structure["items"] if item in placed}
        return Grade(fraction, feedback_of(fraction, parts), parts)

    def correct_answer(self, content: Content, language: str) -> Answer:
        """The key."""
        return {self.key_name: dict(content.scoring[self.key_name])}

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """Each item with its place."""
        said = dict(sorted(answer[self.key_name].items()))
        return [self.pair_label(item, place, text) for item, place in said.items()]

    def pair_label(self, item: str, place: str, text: Mapping[str, Any]) -> str:
        """An item and a place in words."""
        items, places = mapping_of(text.get("items")), mapping_of(text.get(self.places))
        # Not "%": what is rendered stays rendered, and what is not stays plain.
        label: str = items.get(item, item) + ": " + places.get(place, place)
        return label

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Each pair, "item>place"."""
        return [f"{item}>{place}" for item, place in answer[self.key_name].items()]

    def summary_label(self, key: str, text: Mapping[str, Any]) -> str:
        """A pair in words."""
        item, _to, place = key.partition(">")
        return self.pair_label(item, place, text)


def answer_schema(key_name: str) -> dict[str, Any]:
    """The schema of {key_name: {item: place}}."""
    places = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
    return {
        "type": "object",
        "properties": {key_name: places},
        "required": [key_name],
        "additionalProperties": False,
    }
