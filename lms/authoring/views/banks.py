"""The question bank: folders, search, tags, where a question is used, which are nearly the same."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import bank as queries
from lms.authoring import targets
from lms.authoring.drafts import banks, picking
from lms.authoring.drafts.items import remove_item
from lms.authoring.drawings import drawings_from
from lms.authoring.views.blueprint import blueprint, by_now
from lms.authoring.views.home import SITE
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.i18n import ngettext
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.text import clean_line
from lms.training.models import DraftItem, DraftPart, Module

MOST_SHOWN = 100
LONGEST_SEARCH = 200


def bank_module(module_id: str) -> Module | None:
    """A bank."""
    found = targets.module(module_id)
    return found if found is not None and found.bank else None


@blueprint.get("/studio/banks/")
@require(Permission.AUTHOR)
def all_banks() -> str:
    """The banks of those for whom she writes."""
    return render_template("authoring/banks.html", owners=queries.banks_for(the_actor()), site=SITE)


@blueprint.post("/studio/banks/")
@require(Permission.AUTHOR)
def begin_bank() -> ResponseReturnValue:
    """Open a bank; begin it where there is none."""
    owners = {SITE if number is None else str(number): number for number, _n, _b in queries.banks_for(the_actor())}
    chosen = request.form.get("owner", "")
    if chosen not in owners:
        abort(400)
    with write_unit():
        found = banks.bank_of(owners[chosen], **by_now())
    return redirect(url_for(".question_bank", module_id=found.public_id), 303)


def asked() -> queries.Wish:
    """What the address looks for."""
    words, tag = (clean_line(request.args.get(name, ""))[:LONGEST_SEARCH] for name in ("q", "tag"))
    return queries.Wish(words, tag, request.args.get("folder", ""))


@blueprint.get("/studio/banks/<module_id>/")
@require(Permission.EDIT_MODULE, target=bank_module)
def question_bank(bank: Module) -> str:
    """Everything in a bank, or what was looked for."""
    return _page(bank)


def _page(bank: Module, problem: str = "") -> str:
    everything, wish = queries.questions_in(bank), asked()
    shown = queries.found(everything, wish)
    some = shown[:MOST_SHOWN]
    folders = [(part, banks.folder_name(part)) for part in banks.folders_of(bank)]
    drawings = drawings_from(bank, {part.key: name for part, name in folders})
    wants_alike = "alike" in request.args
    return render_template(
        "authoring/bank.html",
        module=bank,
        folders=folders,
        drawings=drawings,
        drawn={each.item.id for each in some if any(drawing.takes(each.item) for drawing in drawings)},
        wish=wish,
        total=len(everything),
        matching=len(shown),
        shown=some,
        tags=queries.tags_of(everything),
        uses=queries.uses_of([each.item for each in some]),
        alike=queries.alike(everything) if wants_alike else None,
        problem=problem,
    )


@blueprint.post("/studio/banks/<module_id>/")
@require(Permission.EDIT_MODULE, target=bank_module)
def change_bank(bank: Module) -> ResponseReturnValue:
    """Begin a folder; move, tag or delete the ticked questions."""
    ticked = queries.chosen_in(bank, request.form.getlist("item"))
    try:
        with write_unit():
            said = _change(bank, request.form.get("do", ""), ticked)
    except DomainError as error:
        return _page(bank, error.message), 422
    flash(said)
    return redirect(url_for(".question_bank", module_id=bank.public_id), 303)


def _change(bank: Module, do: str, ticked: Sequence[DraftItem]) -> str:
    if do == "folder":
        banks.add_folder(bank, request.form.get("name", ""), **by_now())
        return _("The folder is there.")
    if do.startswith("drop:"):
        banks.remove_folder(_folder(bank, do.removeprefix("drop:")), **by_now())
        return _("The folder is deleted.")
    if not ticked:
        raise NotAllowed(_("Tick a question first."))
    if do == "move":
        count = picking.move_to_folder(ticked, _folder(bank, request.form.get("folder", "")), **by_now())
    elif do == "tag":
        count = picking.add_tags(ticked, request.form.get("tags", ""), **by_now())
    elif do == "remove":
        count = len(ticked)
        for item in ticked:
            remove_item(item, **by_now())
    else:
        abort(400)
    return ngettext("%(num)s question is changed.", "%(num)s questions are changed.", count)


def _folder(bank: Module, public_id: str) -> DraftPart:
    folder = next((f for f in banks.folders_of(bank) if f.public_id == public_id), None)
    if folder is None:
        raise NotAllowed(_("Choose a folder."))
    return folder
