"""What a learner will see of a draft: the same segments, the same template."""

from collections.abc import Sequence

from lms.authoring.drafts.writing_trees import tree_of_parts
from lms.learning.queries import Reading
from lms.training.blocks import is_for, render_lesson
from lms.training.media import facts_of
from lms.training.models import Draft, DraftPart, PartKind
from lms.training.publishing import size_of


def reading_of_draft(draft: Draft, parts: list[DraftPart], part: DraftPart, language: str) -> Reading:
    """The lesson as it stands in one language; what is missing is left out."""
    tree = tree_of_parts(draft, parts, [language])
    lesson = tree.lessons[part.key]
    texts = lesson["texts"][language]
    there = [block for block in lesson["lesson"]["blocks"] if block["id"] in texts or not is_for(block, language)]
    segments = render_lesson({**lesson["lesson"], "blocks": there}, texts, language, facts_of(tree.media))
    return Reading(
        key=part.key,
        titles=lesson["lesson"]["title"],
        sources=lesson["lesson"].get("source", {}),
        minutes=lesson["lesson"]["minutes"],
        language=language,
        segments=segments,
        size=size_of(segments),
        languages=[language],
    )


def around(parts: Sequence[DraftPart], part: DraftPart) -> tuple[DraftPart | None, DraftPart | None]:
    """The parts before and after one."""
    sequence = [other for other in parts if other.kind != PartKind.HEAD]
    at = sequence.index(part)
    return (sequence[at - 1] if at else None, sequence[at + 1] if at + 1 < len(sequence) else None)
