"""How many questions of each tag an attempt draws: one number a tag that the quiz's questions have."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from wtforms import Field
from wtforms.utils import unset_value

from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.tags import tag_key
from lms.text import clean_line, parse_number


class Row(NamedTuple):
    """A tag, how many questions have it, and what is typed beside it."""

    tag: str
    there: int
    typed: str


class DrawsField(Field):
    """`data` is [{"tag", "count"}] without the tags that are not drawn from. Read from `<name>-tag`, `<name>-count`."""

    data: list[dict[str, Any]]
    widget = None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None) -> None:
        super().process(None, data, extra_filters)
        self.data = list(self.data or [])
        self.offered: Counter[str] = Counter()
        self.typed = {draw["tag"]: reader().digits_of(str(draw["count"])) for draw in self.data}
        if formdata is None or f"{self.name}-tag" not in formdata:
            return
        tags = [clean_line(tag) for tag in formdata.getlist(f"{self.name}-tag")]
        self.typed = dict(zip(tags, formdata.getlist(f"{self.name}-count"), strict=False))
        self.data = list(self._read())

    def _read(self) -> Iterator[dict[str, Any]]:
        for tag, typed in self.typed.items():
            if not clean_line(typed):
                continue
            try:
                count = parse_number(clean_line(typed))
            except ValueError:
                count = None
            if count is None or count != int(count) or not 0 <= count <= 999:
                self.process_errors.append(_("%(tag)s: write a number, in any digits.", tag=tag))
            elif count:
                yield {"tag": tag, "count": int(count)}

    def offer(self, tags: Iterable[str]) -> None:
        """Say which tags the questions have; one that is spelled in two ways is one."""
        spelled = {tag_key(tag): tag for tag in self.typed}
        self.offered = Counter(spelled.setdefault(tag_key(tag), tag) for tag in tags)

    @property
    def rows(self) -> list[Row]:
        """What the form shows: every tag of a question, and every tag that is drawn from."""
        tags = {**dict.fromkeys(self.offered), **dict.fromkeys(self.typed)}
        return [Row(tag, self.offered[tag], self.typed.get(tag, "")) for tag in tags]
