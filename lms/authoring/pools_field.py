"""What a quiz draws from the question bank: a row a draw, with a folder, a tag or both, and a number."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wtforms import Field
from wtforms.utils import unset_value

from lms.authoring.drafts.writing import fresh_key
from lms.authoring.pool_rows import Offer
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.pool_checks import MOST_POOLS
from lms.quizzes.tags import LONGEST_TAG
from lms.text import clean_line, parse_number
from lms.training.shapes import ID

LARGEST_DRAW = 999
PARTS = ("id", "folder", "tag", "count")


class Typed(NamedTuple):
    """A row as it was typed."""

    id: str
    folder: str
    tag: str
    number: str


class PoolsField(Field):
    """`data` is [{"id", "count", "folder", "tag"}], the last two where they are said; rows without a number are none.

    Read from `<name>-id`, `<name>-folder`, `<name>-tag`, `<name>-count`.
    """

    data: list[dict[str, Any]]
    widget = None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None) -> None:
        super().process(None, data, extra_filters)
        self.data = list(self.data or [])
        self.offer = Offer()
        self.typed = [_as_typed(rule) for rule in self.data]
        if formdata is None or f"{self.name}-count" not in formdata:
            return
        columns = [[clean_line(value) for value in formdata.getlist(f"{self.name}-{part}")] for part in PARTS]
        rows = [Typed(*values) for values in zip(*columns, strict=False)]
        self.typed = [row for row in rows[: MOST_POOLS + 1] if row.number]
        self.data = list(self._read())

    def _read(self) -> Iterator[dict[str, Any]]:
        for row in self.typed:
            count = _whole_number(row.number)
            if count is None or len(row.tag) > LONGEST_TAG:
                self.process_errors.append(
                    _("Write a number of questions, in any digits, and a tag of at most 40 characters.")
                )
            elif count:
                named = {"folder": row.folder, "tag": row.tag}
                yield {
                    "id": row.id if ID.fullmatch(row.id) else fresh_key("pool"),
                    "count": count,
                    **{name: value for name, value in named.items() if value and _may_be(name, value)},
                }

    @property
    def rows(self) -> list[Typed]:
        """What the form shows: a row a draw, and an empty one for the next."""
        return [*self.typed, Typed("", "", "", "")]


def _as_typed(rule: Mapping[str, Any]) -> Typed:
    return Typed(rule["id"], rule.get("folder", ""), rule.get("tag", ""), reader().digits_of(str(rule["count"])))


def _may_be(name: str, value: str) -> bool:
    return name == "tag" or ID.fullmatch(value) is not None


def _whole_number(typed: str) -> int | None:
    try:
        count = parse_number(typed)
    except ValueError:
        return None
    return int(count) if count == int(count) and 0 <= count <= LARGEST_DRAW else None
