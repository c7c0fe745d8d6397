"""The texts of a part that are no blocks: its title, and what else it says of itself."""

from lms.training.models import DraftItem, PartKind

TITLE, SUMMARY, SOURCE, INTRO = "title", "summary", "source", "intro"

FIELDS = {PartKind.HEAD: (TITLE, SUMMARY), PartKind.LESSON: (TITLE, SOURCE), PartKind.QUIZ: (TITLE, INTRO)}
HEAD_KEY = "@module"
ROLE = ("before",)
"""Settings of a part that stand in the module's sequence, not in the part's own file."""


def field_key(name: str) -> str:
    """The key of a field's item: no block or question can have it."""
    return f"@{name}"


def is_field(item: DraftItem) -> bool:
    """Whether an item is a field of its part."""
    return item.key.startswith("@")


def is_optional(key: str) -> bool:
    """Whether an item need not be filled: not in a language in which the source has nothing."""
    return key.startswith("@") and key != field_key(TITLE)


def new_fields(kind: PartKind) -> list[DraftItem]:
    """The items of a new part's fields, without texts."""
    return [DraftItem(key=field_key(name), kind=name, position=0, settings={}) for name in FIELDS[kind]]
