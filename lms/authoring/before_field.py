"""The field that makes a quiz an entry quiz: with which quiz of the module it is compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from wtforms import SelectField
from wtforms.validators import ValidationError

from lms.authoring.forms import choices
from lms.authoring.hindrances import title_of
from lms.db import db
from lms.i18n import gettext as _
from lms.training.models import DraftItem, DraftPart, PartKind


@dataclass(frozen=True)
class Other:
    """Another quiz of the module."""

    key: str
    title: str
    required: bool
    is_entry: bool


def others_of(part: DraftPart) -> list[Other]:
    """The other quizzes of a quiz's module, in their order."""
    query = (
        select(DraftPart)
        .where(DraftPart.draft_id == part.draft_id, DraftPart.kind == PartKind.QUIZ, DraftPart.id != part.id)
        .where(DraftPart.removed_at.is_(None))
        .order_by(DraftPart.position, DraftPart.id)
        .options(selectinload(DraftPart.items).selectinload(DraftItem.texts))
    )
    found = db.session.scalars(query)
    return [Other(each.key, title_of(each), each.required, "before" in each.settings) for each in found]


class BeforeField(SelectField):  # type: ignore[misc]
    """A choice among the other quizzes, or none."""

    def __init__(self, label: str, **values: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **values)
        self.others: Sequence[Other] = ()

    def offer(self, others: Sequence[Other]) -> None:
        """Say which other quizzes there are."""
        self.others = others
        counted = ((other.key, other.title) for other in others if not other.is_entry)
        self.choices = choices(("", _("No, it counts")), *counted)

    def pre_validate(self, form: Any) -> None:
        """What publishing would refuse is said here."""
        if not self.data:
            return
        chosen = next((other for other in self.others if other.key == self.data and not other.is_entry), None)
        if chosen is None:
            raise ValidationError(_("Choose a quiz of this module that counts."))
        if not chosen.required:
            raise ValidationError(_("This quiz is optional. Make it required on the module's page first."))
        entry = next((other for other in self.others if other.is_entry), None)
        if entry is not None:
            raise ValidationError(_("The module has an entry quiz already: %(title)s", title=entry.title))
