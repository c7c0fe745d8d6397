"""Fields and parameters that the schemas of the API are made of, with their messages in the caller's language."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from lms.api.cursors import Asked, read_cursor
from lms.i18n import gettext
from lms.i18n import lazy_gettext as _

USUAL, MOST = 100, 1000
"""Rows of a page where nothing else is asked for, and at most."""
HIDDEN = "hidden"
LONGEST_ID = 16


def text(description: str = "", **options: Any) -> fields.String:
    """A text that is always there."""
    return fields.String(required=True, metadata={"description": description} if description else {}, **options)


def whole(description: str = "", **options: Any) -> fields.Integer:
    """A whole number."""
    return fields.Integer(required=True, metadata={"description": description} if description else {}, **options)


def day(description: str = "", **options: Any) -> fields.Date:
    """A day, as ISO 8601 has it."""
    return fields.Date(required=True, metadata={"description": description} if description else {}, **options)


def texts(description: str = "") -> fields.Dict:
    """One text a language."""
    told = {"description": description or _("One text a language: fa, ar, en; a language without a text is left out.")}
    return fields.Dict(keys=fields.String(), values=fields.String(), required=True, metadata=told)


def nested(schema: type[Schema], description: str = "", **options: Any) -> fields.Nested:
    """Another thing inside."""
    return fields.Nested(schema, required=True, metadata={"description": description} if description else {}, **options)


def count() -> fields.Raw:
    """People who completed; "hidden" where the group is too small to be shown."""
    told = _("“hidden” where the group is smaller than the network shows.")
    return fields.Raw(required=True, metadata={"oneOf": [{"type": "integer"}, {"const": HIDDEN}], "description": told})


def share() -> fields.Raw:
    """The same as a share of all people."""
    kinds = [{"type": "number"}, {"const": HIDDEN}, {"type": "null"}]
    told = _("From 0 to 1; null where there is nobody.")
    return fields.Raw(required=True, metadata={"oneOf": kinds, "description": told})


def _between(value: int) -> None:
    if not 1 <= value <= MOST:
        raise ValidationError(gettext("Write a whole number from 1 to 1000."))


class Question(Schema):
    """What may stand behind the question mark."""

    error_messages = {"unknown": _("There is no such parameter.")}


class PageQuestion(Question):
    """Which part of a list."""

    after = fields.String(
        load_default="", metadata={"description": _("Where the page before ended: “next” of its answer has it.")}
    )
    limit = fields.Integer(
        load_default=USUAL,
        metadata={"description": _("Rows of a page, 1000 at most."), "minimum": 1, "maximum": MOST},
        error_messages={"invalid": _("Write a whole number from 1 to 1000.")},
        validate=_between,
    )


class PlaceQuestion(PageQuestion):
    """The same, of one organization."""

    organization = fields.String(load_default="", metadata={"description": _("Only of the organization with this id.")})


def asked(arguments: Mapping[str, Any], keys: int) -> Asked:
    """The part that is asked for, of a list with so many keys. Raises ValidationError where `after` is no cursor."""
    after = arguments["after"]
    found = read_cursor(after, keys) if after else ()
    if found is None:
        raise ValidationError({"after": [gettext("This is not where a page of this list ended.")]})
    return Asked(found, arguments["limit"])
