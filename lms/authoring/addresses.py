"""Where the things of the studio are found."""

from flask import url_for

from lms.training.models import DraftItem, DraftPart, PartKind


def address_of_part(part: DraftPart) -> str:
    """The page on which a part is edited: of the head, its module's."""
    if part.kind == PartKind.HEAD:
        return url_for("authoring.module", module_id=part.draft.module.public_id)
    return url_for("authoring.part", part_id=part.public_id)


def address_of_item(part: DraftPart, item: DraftItem) -> str:
    """Where a block, question or field is edited."""
    if part.kind == PartKind.QUIZ and not item.key.startswith("@"):
        return url_for("authoring.question", item_id=item.public_id)
    return f"{address_of_part(part)}#b-{item.public_id}"
