"""What is asked and told about imports."""

from marshmallow import Schema, fields, validate

from lms.api.v1.fields import Question, nested, text, whole
from lms.api.v1.schemas import Page
from lms.formats import LANGUAGES
from lms.i18n import lazy_gettext as _
from lms.imports.bulk.days import CALENDARS
from lms.imports.bulk.services import SOURCES

DOUBTFUL = ("skip", "new")
_KINDS = [source.value for source in SOURCES]


def _one_of(known: tuple[str, ...] | list[str], usual: str, description: object) -> fields.String:
    wrong = _("Write one of those that the description names.")
    told = {"description": description, "enum": [each for each in known if each]}
    return fields.String(load_default=usual, validate=validate.OneOf(known, error=wrong), metadata=told)


class ImportQuestion(Question):
    """How the rows shall be read."""

    doubtful = _one_of(
        DOUBTFUL, "skip", _("Somebody of whom it is not certain whether she is known: skip the row, or a new person.")
    )
    calendar = _one_of(CALENDARS, "auto", _("Calendar of the days: auto, jalali, hijri or gregorian."))
    source = _one_of(
        _KINDS, _KINDS[0], _("The completions are: import (from another system or list), or prior_learning.")
    )
    language = _one_of(
        ("", *LANGUAGES), "", _("Language of people and names that do not tell their own: fa, ar or en.")
    )


class Taken(Schema):
    """An import that was taken: it is looked at and written next, without being asked for again."""

    id = text()
    address = text(_("Where to ask what became of it; it stands in the Location header too."))


class Fates(Schema):
    """Rows by what becomes of them."""

    wrong = whole(_("Something in it cannot be used; nothing of the row is written."))
    doubtful = whole(_("It is not certain who is meant; the row is left out."))
    changed = whole(_("It changes something that is known."))
    new = whole(_("It makes something new."))
    known = whole(_("There is nothing to do."))


class Made(Schema):
    """What was made of the rows."""

    organizations = whole()
    people = whole()
    memberships = whole()
    completions = whole()
    changed = whole(_("Memberships and organizations that were changed."))


class Kept(Schema):
    """What an undoing left, as it was used meanwhile."""

    organizations = whole()
    people = whole()


class Import(Schema):
    """An import, from its taking to its end."""

    id = text()
    state = text(_("looking, running, done, undoing or undone"))
    doubtful = text()
    made_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    total = whole(_("Its rows."))
    done = whole(_("Rows of the present state that are done."))
    rows = nested(Fates)
    made = nested(Made)
    kept = nested(Kept)
    tells_rows = fields.Boolean(
        required=True,
        metadata={"description": _("Whether the rows that were not taken can be asked for: until two weeks after.")},
    )


class Reason(Schema):
    """Something that is said of a row."""

    field = text(_("The field that it is about; null where it is about the row."), allow_none=True)
    code = text(_("The same in every language."))
    detail = text()


class NotTaken(Schema):
    """A row that was not taken."""

    row = whole(_("Its number, from 1; the header of a CSV is not counted."))
    fate = text(_("wrong or doubtful"))
    reasons = fields.List(fields.Nested(Reason), required=True)


class RowsNotTaken(Page):
    """Rows that were not taken: those that are wrong, then those that are doubtful, each in the order of the rows."""

    items = fields.List(fields.Nested(NotTaken), required=True)
