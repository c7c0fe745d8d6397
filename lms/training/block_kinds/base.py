"""What a kind of block is: its name, what its text says, and how it is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from lms.i18n import gettext as _
from lms.media import Facts
from lms.training.rendering import render_markdown

Segment = dict[str, Any]
"""A rendered block: `id`, `kind`, `title` (plain text), `html` (sanitized), what else its template shows, and `data`,
which is not words."""


@dataclass(frozen=True)
class Source:
    """A block in one language, as it is written."""

    text: str
    language: str
    #: What is said once for all languages: `data` of the block in lesson.json.
    data: Mapping[str, Any] = field(default_factory=dict)
    #: The files of the module, by name.
    media: Mapping[str, Facts] = field(default_factory=dict)


class BlockKind:
    """Base of every kind of block. One object serves everybody: it keeps nothing.

    A plugin's key begins with `<plugin>_`, and its template lies in the plugin's own folder.
    """

    key: ClassVar[str]
    label: str
    #: How its text is written, for trainers; empty where plain Markdown says it.
    hint: str = ""
    #: Whether the first line of its text is its title.
    titled: ClassVar[bool] = False
    #: Whether its text is one line.
    one_line: ClassVar[bool] = False
    #: The kind of its file: image, audio or video; empty where it has none.
    shows: ClassVar[str] = ""
    #: What is chosen once for all languages: name to its values and their labels, the first being what is not chosen.
    choices: Mapping[str, Mapping[str, str]] = {}

    @property
    def template(self) -> str:
        """The template that shows a segment; it stands in `segment`."""
        return f"blocks/{self.key}.html"

    def parts(self, text: str) -> tuple[str, str]:
        """The title (plain text) and the rest of a text."""
        if not self.titled:
            return "", text
        title, _line_end, body = text.partition("\n")
        return title.strip(), body.strip("\n")

    def faults(self, source: Source) -> Iterator[str]:
        """What is wrong with a text, in the reader's language."""
        title, body = self.parts(source.text)
        if self.titled and not title:
            yield _("the block has no title in its first line")
        if not body.strip():
            yield _("the block says nothing")

    def data_faults(self, data: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with what is said once for all languages."""
        for name, value in data.items():
            if name not in self.choices:
                yield _("%(key)s is not known here", key=name)
            elif value not in self.choices[name]:
                yield _("%(value)s is none of the values of %(key)s", value=str(value)[:40], key=name)

    def chosen(self, data: Mapping[str, Any], name: str) -> str:
        """The value of a choice."""
        return str(data.get(name) or next(iter(self.choices[name])))

    def outline(self, text: str) -> Any:
        """What must be the same in all languages; None where nothing has to."""
        return None

    def render(self, source: Source) -> Segment:
        """What the template shows, but for id and kind."""
        title, body = self.parts(source.text)
        shown = {name: self.chosen(source.data, name) for name in self.choices}
        return {"title": title, "html": render_markdown(body, source.language), **({"data": shown} if shown else {})}
