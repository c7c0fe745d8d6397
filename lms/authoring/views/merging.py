"""Two people have changed the same text: both are shown, and nothing that was typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from lms.authoring.addresses import address_of_part
from lms.authoring.drafts.diffing import Piece, differences
from lms.authoring.drafts.texts import Conflict, Seen, by_language
from lms.authoring.hindrances import item_label, title_of
from lms.authoring.writers import names_of
from lms.security.guards import the_actor
from lms.training.models import DraftPart


@dataclass(frozen=True)
class Merge:
    """A text as somebody else saved it, and as it was typed here."""

    id: str
    label: str
    language: str
    theirs: str
    mine: str
    changes: tuple[Piece, ...]
    saved_at: datetime
    #: Who saved it; nothing where her account is gone.
    writer: str
    #: In another tab of whoever reads this.
    by_herself: bool
    seen: str


def merge_of(part: DraftPart, conflict: Conflict, names: Mapping[int, str]) -> Merge:
    """What the page shows of a conflict. Saved again, it is saved over the text that is shown here."""
    text = by_language(conflict.item)[conflict.language]
    return Merge(
        id=f"{conflict.item.public_id}-{conflict.language}",
        label=item_label(part, conflict.item),
        language=conflict.language,
        theirs=text.body["text"],
        mine=conflict.typed,
        changes=differences(text.body["text"], conflict.typed),
        saved_at=text.changed_at,
        writer=names.get(text.changed_by_id or 0, ""),
        by_herself=text.changed_by_id == the_actor().person_id,
        seen=str(Seen(text.revision, "")),
    )


def merge_page(part: DraftPart, conflicts: list[Conflict]) -> str:
    """The page that asks which text it is to be."""
    names = names_of(by_language(each.item)[each.language].changed_by_id for each in conflicts)
    return render_template(
        "authoring/merge.html",
        part=part,
        module=part.draft.module,
        title=title_of(part),
        merges=[merge_of(part, conflict, names) for conflict in conflicts],
        back=address_of_part(part),
    )
