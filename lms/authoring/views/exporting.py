"""Questions of a quiz or folder into files for other systems."""

from collections.abc import Sequence
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from lms.authoring.addresses import address_of_part
from lms.authoring.drafts.items import content_of
from lms.authoring.drafts.whole import question_of
from lms.authoring.exchange_forms import ExportForm
from lms.authoring.exchanging import shown_items
from lms.authoring.hindrances import title_of
from lms.authoring.labels import prompt_of, type_label
from lms.authoring.views.blueprint import blueprint
from lms.authoring.views.importing import quiz_part
from lms.exchange.items import Written
from lms.exchange.writing import EXTENSIONS, MEDIA_TYPES, write_questions
from lms.formats import LANGUAGES
from lms.security import Permission, require
from lms.training.models import DraftItem, DraftPart


@blueprint.get("/studio/parts/<part_id>/export")
@require(Permission.EDIT_MODULE, target=quiz_part)
def export_questions(part: DraftPart) -> str:
    """Choose questions and a format; `look` in the address shows what would become of each."""
    items = content_of(part)
    form = ExportForm(request.args)
    looked = "look" in request.args and form.validate()
    written = _written(_chosen(items), form) if looked else None
    return render_template(
        "authoring/export.html",
        part=part,
        module=part.draft.module,
        title=title_of(part),
        back=address_of_part(part),
        form=form,
        rows=[(item, prompt_of(item), type_label(item)) for item in items],
        ticked={item.public_id for item in (_chosen(items) if looked else items)},
        shown=shown_items(written.items) if written else [],
    )


@blueprint.get("/studio/parts/<part_id>/export/file")
@require(Permission.EDIT_MODULE, target=quiz_part)
def export_file(part: DraftPart) -> ResponseReturnValue:
    """The file."""
    form = ExportForm(request.args)
    if not form.validate():
        abort(400)
    written = _written(_chosen(content_of(part)), form)
    name = f"{part.key}.{EXTENSIONS[form.format.data]}"
    headers = {
        "Content-Type": MEDIA_TYPES[form.format.data],
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return written.body, 200, headers


def _chosen(items: Sequence[DraftItem]) -> list[DraftItem]:
    """Those that the address names; all where it names none."""
    named = set(request.args.getlist("item"))
    return [item for item in items if not named or item.public_id in named]


def _written(items: Sequence[DraftItem], form: ExportForm) -> Written:
    questions: list[dict[str, Any]] = [question_of(item, LANGUAGES) for item in items]
    return write_questions(questions, form.format.data, form.language.data or "")
