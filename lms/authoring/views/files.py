"""The files of a block: uploaded, chosen among those of the module, taken out."""

import io
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from lms.authoring import targets
from lms.authoring.addresses import address_of_item
from lms.authoring.drafts.items import change_data
from lms.authoring.files import FOR, FileForm, slot_names, slots_of
from lms.authoring.hindrances import item_label, title_of
from lms.authoring.views.blueprint import blueprint, by_now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.limits import takes_upload_of
from lms.media import MOST_BYTES, Facts, MediaError, extension_of, take
from lms.security import Permission, require
from lms.security.actor import Scope
from lms.storage import current_storage
from lms.text import short_id
from lms.training.block_kinds import BlockKind, find_kind
from lms.training.media import Sent, give_media, media_of, sent_file
from lms.training.models import DraftItem, Module, PartKind
from lms.training.sending import send_media

FORM_BYTES = 64 * 1024
"""What a form takes beside its file."""


def with_files(item_id: str) -> DraftItem | None:
    """A block whose kind has a file."""
    found = targets.item(item_id)
    if found is None or found.removed_at is not None or found.part.kind != PartKind.LESSON:
        return None
    kind = find_kind(found.kind)
    return found if kind is not None and kind.shows else None


def _kind(item: DraftItem) -> BlockKind:
    kind = find_kind(item.kind)
    assert kind is not None
    return kind


@blueprint.get("/studio/blocks/<item_id>/files")
@require(Permission.EDIT_MODULE, target=with_files)
def files(item: DraftItem) -> str:
    """What the block shows, and forms to change it."""
    return _page(item)


def _page(item: DraftItem, typed: FileForm | None = None) -> str:
    module = item.part.draft.module
    return render_template(
        "authoring/files.html",
        item=item,
        module=module,
        part=item.part,
        title=title_of(item.part),
        label=item_label(item.part, item),
        slots=slots_of(item, _kind(item), media_of(module), typed),
        audience=FOR,
        form=typed,
        back=address_of_item(item.part, item),
    )


@blueprint.post("/studio/blocks/<item_id>/files")
@require(Permission.EDIT_MODULE, target=with_files)
@takes_upload_of(max(MOST_BYTES.values()) + FORM_BYTES)
def change_files(item: DraftItem) -> ResponseReturnValue:
    """Upload, choose or take out."""
    verb, _colon, about = request.form.get("do", "").partition(":")
    if verb == "remove":
        _remove(item, about)
    elif verb != "add":
        abort(400)
    else:
        form = FileForm()
        slots = {slot.name: slot for slot in slots_of(item, _kind(item), media_of(item.part.draft.module), form)}
        if form.slot.data not in slots:
            abort(400)
        if not form.validate() or not _add(item, form, slots[form.slot.data].kind):
            return _page(item, form), 422
    return redirect(url_for(".files", item_id=item.public_id), 303)


def _add(item: DraftItem, form: FileForm, kind: str) -> bool:
    """Store what was sent, clean it, and put it into its place; False with the reason in the form."""
    try:
        facts = _taken(form.file.data, kind)
    except MediaError as error:
        form.file.errors = [error.message]
        return False
    if facts is None and not form.name.data:
        form.file.errors = [_("Choose a file.")]
        return False
    module = item.part.draft.module
    with write_unit():
        name = form.name.data if facts is None else _named(module, facts)
        _put(item, form.slot.data, form.language.data, name)
    flash(_("Saved on the server."))
    return True


def _taken(file: FileStorage | None, kind: str) -> Facts | None:
    if file is None or not file.filename:
        return None
    # Cleaning works in place: on what was sent, which nobody needs afterwards.
    stream: Any = file.stream if file.stream.seekable() else io.BytesIO(file.read())
    facts = take(stream, current_storage())
    if facts.kind != kind:
        raise MediaError(_("This file is of another kind than the block shows."))
    return facts


def _named(module: Module, facts: Facts) -> str:
    """The name of a file among the module's, which may have it already."""
    there = next((name for name, row in media_of(module).items() if row.key == facts.key), None)
    name = there or f"{facts.kind}-{short_id(8)}.{extension_of(facts.content_type)}"
    give_media(module, {name: facts}, **by_now())
    return name


def _put(item: DraftItem, slot: str, language: str, name: str | None) -> None:
    names = {**item.settings.get("data", {}).get(slot, {}), language: name}
    kept = {code: found for code, found in names.items() if found}
    change_data(item, {slot: kept or None}, **by_now())


def _remove(item: DraftItem, about: str) -> None:
    slot, _colon, language = about.partition(":")
    if slot not in slot_names(_kind(item)) or language not in FOR:
        abort(400)
    with write_unit():
        _put(item, slot, language, None)


class DraftFile:
    """A file of a module that she may edit."""

    def __init__(self, module: Module, file: Sent) -> None:
        self.module, self.file = module, file

    def scope(self) -> Scope:
        """The module's."""
        return self.module.scope()


def draft_file(module_id: str, key: str, variant: str = "") -> DraftFile | None:
    """Load a file of a module that can be edited."""
    found = targets.module(module_id)
    file = sent_file(found.id, key, variant) if found is not None else None
    return DraftFile(found, file) if found is not None and file is not None else None


@blueprint.get("/studio/m/<module_id>/media/<key>")
@blueprint.get("/studio/m/<module_id>/media/<key>/<variant>")
@require(Permission.EDIT_MODULE, target=draft_file)
def media(target: DraftFile) -> Response:
    """A file, for the editor and the preview."""
    return send_media(target.file)
