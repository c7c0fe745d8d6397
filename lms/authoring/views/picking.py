"""From the bank into a quiz, and from a quiz into the bank."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import bank as queries
from lms.authoring.addresses import address_of_part
from lms.authoring.drafts import banks, picking
from lms.authoring.drafts.items import content_of
from lms.authoring.hindrances import title_of
from lms.authoring.views.banks import MOST_SHOWN, asked
from lms.authoring.views.blueprint import blueprint, by_now
from lms.authoring.views.importing import quiz_part
from lms.authoring.views.questions import editable
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import ngettext
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.training.models import DraftItem, DraftPart, Module


def quiz_of_module(part_id: str) -> DraftPart | None:
    """A quiz of a module: no folder of a bank."""
    found = quiz_part(part_id)
    return found if found is not None and not found.draft.module.bank else None


def _banks(part: DraftPart) -> list[Module]:
    """The banks that she may take from, that of the quiz's owner first."""
    owner = part.draft.module.network_id
    found = [bank for _number, _names, bank in queries.banks_for(the_actor()) if bank is not None]
    return sorted(found, key=lambda bank: bank.network_id != owner)


@blueprint.get("/studio/parts/<part_id>/bank")
@require(Permission.EDIT_MODULE, target=quiz_of_module)
def pick_questions(part: DraftPart) -> str:
    """Look for questions in the bank."""
    return _page(part)


def _page(part: DraftPart, problem: str = "") -> str:
    everything = [each for bank in _banks(part) for each in queries.questions_in(bank)]
    wish = asked()
    shown = queries.found(everything, wish)
    here = content_of(part)
    return render_template(
        "authoring/pick.html",
        part=part,
        module=part.draft.module,
        title=title_of(part),
        back=address_of_part(part),
        wish=wish,
        total=len(everything),
        matching=len(shown),
        shown=shown[:MOST_SHOWN],
        tags=queries.tags_of(everything),
        there={item.origin_id for item in here},
        loose=sum(item.origin_id is None for item in here),
        problem=problem,
    )


@blueprint.post("/studio/parts/<part_id>/bank")
@require(Permission.EDIT_MODULE, target=quiz_of_module)
def pick_chosen(part: DraftPart) -> ResponseReturnValue:
    """Copy the ticked questions into the quiz, or those of the quiz into the bank."""
    try:
        with write_unit():
            said = _keep(part) if request.form.get("do") == "keep" else _take(part)
    except DomainError as error:
        return _page(part, error.message), 422
    flash(said)
    return redirect(f"{address_of_part(part)}#blocks", 303)


def _take(part: DraftPart) -> str:
    named = request.form.getlist("item")
    wanted = [item for bank in _banks(part) for item in queries.chosen_in(bank, named)]
    count = picking.take_from_bank(part, wanted, **by_now())
    return ngettext("%(num)s question is taken from the bank.", "%(num)s questions are taken from the bank.", count)


def _keep(part: DraftPart) -> str:
    module = part.draft.module
    folder = banks.add_folder(banks.bank_of(module.network_id, **by_now()), title_of(part), **by_now())
    count = picking.put_into_bank(folder, content_of(part), **by_now())
    return ngettext("%(num)s question is in the bank now.", "%(num)s questions are in the bank now.", count)


@blueprint.post("/studio/questions/<item_id>/bank")
@require(Permission.EDIT_MODULE, target=editable)
def follow_bank(item: DraftItem) -> ResponseReturnValue:
    """Let a question say what the bank says now."""
    if item.origin_id is None:
        abort(404)
    with write_unit():
        followed = picking.follow_bank(item, **by_now())
    if followed:
        flash(_("The question is now as in the bank."))
    else:
        flash(_("Its original is not in the bank any more."), "due")
    return redirect(url_for(".question", item_id=item.public_id), 303)
