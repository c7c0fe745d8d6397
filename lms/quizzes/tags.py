"""Tags of a question: its subjects in the trainer's own words, by which questions are found and drawn."""

import re
from collections.abc import Sequence

from lms.i18n import gettext as _
from lms.text import clean_line, fold_key

MOST_TAGS = 20
LONGEST_TAG = 40
_BETWEEN = re.compile(r"[,،؛;\n]")


def read_tags(typed: str) -> list[str]:
    """The tags in a line that a person typed, each once in any spelling; commas of any script stand between them."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(typed):
        tag = clean_line(part)
        if tag:
            found.setdefault(tag_key(tag), tag)
    return list(found.values())


def tag_key(tag: str) -> str:
    """What makes two tags the same, however they are spelled."""
    return fold_key(tag)


def tags_fault(tags: Sequence[str]) -> str | None:
    """What is wrong with the tags of a question, None where nothing is."""
    if len(tags) > MOST_TAGS:
        return _("A question can have 20 tags at most.")
    if any(not tag.strip() or "\n" in tag or len(tag) > LONGEST_TAG for tag in tags):
        return _("A tag is one line of at most 40 characters.")
    if len({tag_key(tag) for tag in tags}) < len(tags):
        return _("A tag stands twice.")
    return None
