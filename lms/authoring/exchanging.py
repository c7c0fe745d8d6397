"""What the studio's pages of import and export show of each question."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.authoring.trials import shown_with_key
from lms.exchange.items import Item, Verdict
from lms.i18n import language
from lms.quizzes.question_types import find_type
from lms.quizzes.review import Reviewed


@dataclass(frozen=True)
class ShownItem:
    """A question of a file: what became of it, and how it will look."""

    item: Item
    type_label: str
    languages: list[str]
    review: Reviewed | None
    #: The tags that it came with.
    tags: list[str]

    @property
    def taken(self) -> bool:
        """Whether it can be imported."""
        return self.item.verdict is not Verdict.DROPPED


def shown_items(items: Sequence[Item]) -> list[ShownItem]:
    """Every question of a file in the reader's language, else in the first that it has."""
    return [_shown(item) for item in items]


def _shown(item: Item) -> ShownItem:
    question = item.question
    if question is None:
        return ShownItem(item, item.kind, [], None, [])
    kind = find_type(question["type"])
    label = str(kind.label) if kind else item.kind
    review = shown_with_key({**question, "id": "q"}, language(), item.number)
    return ShownItem(item, label, list(question["text"]), review, list(question.get("tags", [])))
