"""Pictures, sound and films: a file said once for all languages, or one a language where it holds words."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.formats import LANGUAGES
from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.media import Facts
from lms.training.block_kinds.base import BlockKind, Segment, Source
from lms.training.rendering import render_markdown

EVERY = "*"
"""What stands for all languages among the keys of `files`."""


class MediaBlock(BlockKind):
    """`data`: `files`, name by language (`*`: those that have none of their own); `captions`, the same."""

    titled = True
    slots: tuple[str, ...] = ("files",)

    def data_faults(self, data: Mapping[str, Any]) -> Iterator[str]:
        """There is a file; slots name files by language."""
        yield from super().data_faults({name: value for name, value in data.items() if name not in self.slots})
        for slot in self.slots:
            if not _names_files(data.get(slot, {})):
                yield gettext("%(key)s names a file a language", key=slot)
        if not data.get("files"):
            yield gettext("the block has no file")

    def faults(self, source: Source) -> Iterator[str]:
        """Words that stand for it, and a file of the right kind."""
        if not self.parts(source.text)[0]:
            yield gettext("the block has no title in its first line")
        facts = file_for(source, "files")
        if facts is not None and facts.kind != self.shows:
            yield gettext("the file is of another kind than the block")
        if facts is None and source.data.get("files") and EVERY not in source.data["files"]:
            yield gettext("the block has no file in this language")

    def render(self, source: Source) -> Segment:
        """Its words, and what is known of its file."""
        title, body = self.parts(source.text)
        facts = file_for(source, "files")
        data: dict[str, Any] = {"file": shown_facts(facts)} if facts else {}
        return {"title": title, "html": render_markdown(body, source.language), "data": data}


def _names_files(names: object) -> bool:
    if not isinstance(names, dict) or names.keys() - {EVERY, *LANGUAGES}:
        return False
    return all(isinstance(name, str) for name in names.values())


def file_for(source: Source, slot: str) -> Facts | None:
    """The file of a slot for the language of a text."""
    names = source.data.get(slot, {})
    name = names.get(source.language, names.get(EVERY)) if isinstance(names, dict) else None
    return source.media.get(name) if isinstance(name, str) else None


def shown_facts(facts: Facts) -> dict[str, Any]:
    """What a template needs of a file."""
    shown: dict[str, Any] = {"key": facts.key, "type": facts.content_type, "size": facts.size}
    if facts.width and facts.height:
        shown |= {"width": facts.width, "height": facts.height}
    if facts.variants:
        shown["variants"] = [
            {"name": variant.name, "type": variant.content_type, "width": variant.width, "size": variant.size}
            for variant in facts.variants
        ]
    return shown


class ImageBlock(MediaBlock):
    """A picture: its alternative text in the first line, then its caption."""

    key = "image"
    label = lazy_pgettext("kind of block", "Image")
    shows = "image"
    hint = _("The first line says what the picture shows, for those who do not see it; the rest is its caption.")

    def faults(self, source: Source) -> Iterator[str]:
        """Alternative text."""
        if not self.parts(source.text)[0]:
            yield gettext("the picture has no alternative text in its first line")
        else:
            yield from super().faults(source)


class Recording(MediaBlock):
    """What is heard, and so has to be read as well."""

    def chosen_words(self, source: Source) -> str:
        """Whether its words are there, not needed, or said to be missing."""
        return self.chosen(source.data, "words")


class AudioBlock(Recording):
    """Sound: its title in the first line, then what is said in it."""

    key = "audio"
    label = lazy_pgettext("kind of block", "Audio")
    shows = "audio"
    hint = _("The first line is the title, the rest is the transcript: what is said, word for word.")
    choices = {
        "words": {
            "there": _("With a transcript"),
            "none": _("Nothing is said in it"),
            "missing": _("The transcript is missing, and readers are told"),
        }
    }

    def faults(self, source: Source) -> Iterator[str]:
        """A transcript, unless it is said to be missing or not needed."""
        yield from super().faults(source)
        if self.chosen_words(source) == "there" and not self.parts(source.text)[1].strip():
            yield gettext("the recording has no transcript")

    def render(self, source: Source) -> Segment:
        """Player and transcript."""
        segment = super().render(source)
        segment["data"]["words"] = self.chosen_words(source)
        return segment


class VideoBlock(Recording):
    """A film: its title in the first line, then a transcript; captions are files."""

    key = "video"
    label = lazy_pgettext("kind of block", "Video")
    shows = "video"
    slots = ("files", "captions")
    hint = _("The first line is the title, the rest is a transcript or a summary. Captions are added with the file.")
    choices = {
        "words": {
            "there": _("With captions"),
            "none": _("Nothing is said in it"),
            "missing": _("The captions are missing, and readers are told"),
        }
    }

    def faults(self, source: Source) -> Iterator[str]:
        """Captions, unless they are said to be missing or not needed."""
        yield from super().faults(source)
        captions = file_for(source, "captions")
        if captions is not None and captions.kind != "captions":
            yield gettext("the file is of another kind than the block")
        if self.chosen_words(source) == "there" and captions is None:
            yield gettext("the video has no captions in this language")

    def render(self, source: Source) -> Segment:
        """Player and captions."""
        segment = super().render(source)
        captions = file_for(source, "captions")
        segment["data"] |= {"words": self.chosen_words(source), "captions": captions.key if captions else ""}
        return segment
