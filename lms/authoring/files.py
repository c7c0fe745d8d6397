"""Files of a block in the studio: what is there, and the forms that change it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField

from lms.authoring.forms import choices
from lms.authoring.labels import LANGUAGES
from lms.forms import Form
from lms.i18n import lazy_gettext as _
from lms.media import MOST_BYTES
from lms.training.block_kinds import BlockKind
from lms.training.block_kinds.media import EVERY
from lms.training.models import DraftItem, MediaFile

ACCEPTED = {
    "image": "image/*",
    "audio": "audio/mpeg,audio/mp4,audio/ogg,audio/wav,.m4a",
    "video": "video/mp4,video/webm",
    "captions": ".vtt,.srt,text/vtt",
}
SLOTS = {"files": _("File"), "captions": _("Captions")}
FOR = {EVERY: _("All languages that have none of their own"), **LANGUAGES}


class FileForm(Form):
    """A new file, or one that the module has, and for whom it is."""

    slot = HiddenField()
    language = SelectField(_("For"), choices=choices(*FOR.items()))
    name = SelectField(_("One that this module has"))
    file = FileField(_("New file"))


@dataclass(frozen=True)
class Slot:
    """A place for files in a block, with what is in it: language and file."""

    name: str
    label: str
    kind: str
    most: int
    accept: str
    there: list[tuple[str, MediaFile]]
    form: FileForm


def slot_names(kind: BlockKind) -> tuple[str, ...]:
    """The places for files that a kind has."""
    return ("files", "captions") if kind.shows == "video" else ("files",) if kind.shows else ()


def slots_of(
    item: DraftItem, kind: BlockKind, media: Mapping[str, MediaFile], typed: FileForm | None = None
) -> list[Slot]:
    """The places of a block; `typed` is the form of one of them as it was sent."""
    return [_slot(name, item, kind, media, typed) for name in slot_names(kind)]


def _slot(name: str, item: DraftItem, kind: BlockKind, media: Mapping[str, MediaFile], typed: FileForm | None) -> Slot:
    wanted = "captions" if name == "captions" else kind.shows
    named = item.settings.get("data", {}).get(name, {})
    form = typed if typed is not None and typed.slot.data == name else FileForm(formdata=None, slot=name, prefix="")
    offer(form, media, wanted)
    there = [(code, media[named[code]]) for code in FOR if named.get(code) in media]
    return Slot(name, str(SLOTS[name]), wanted, MOST_BYTES[wanted], ACCEPTED[wanted], there, form)


def offer(form: FileForm, media: Mapping[str, MediaFile], kind: str) -> None:
    """The choices of a form: files of the kind that the module has."""
    names = [(name, name) for name, row in media.items() if row.kind == kind]
    form.name.choices = choices(("", "–"), *names)
