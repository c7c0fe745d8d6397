"""Before a change of a scheme is saved: what it says, and what it would do to whom."""

from datetime import date

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.certification.defaults import SchemePlan
from lms.certification.forms import SchemeChangeForm
from lms.certification.models import SchemeDraft
from lms.certification.queries import local_day, newest_number
from lms.certification.scheme_preview import preview_of, said_otherwise
from lms.certification.scheme_stale import meanwhile
from lms.certification.services import keep_draft, save_draft
from lms.certification.typed import TypedScheme
from lms.certification.views.blueprint import blueprint
from lms.certification.views.scheme_editing import edit_page, own_draft, plan_of
from lms.certification.views.signatory import named_network
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/scheme/preview")
@require(Permission.MANAGE_NETWORK, target=named_network)
def scheme_preview(network: Network) -> ResponseReturnValue:
    """What the change that is typed would do on its day."""
    draft = own_draft(network)
    if draft is None:
        return redirect(url_for("certification.scheme_edit", network_id=network.public_id), 303)
    form = SchemeChangeForm(typed=TypedScheme.from_json(draft.typed), today=local_day(network, now()))
    return _page(network, draft, form)


@blueprint.post("/networks/<network_id>/scheme/preview")
@require(Permission.MANAGE_NETWORK, target=named_network)
def scheme_decide(network: Network) -> ResponseReturnValue:
    """Look at another day or reach, or save."""
    draft = own_draft(network)
    if draft is None:
        return redirect(url_for("certification.scheme_edit", network_id=network.public_id), 303)
    today = local_day(network, now())
    form = SchemeChangeForm(today=today, saves=request.form.get("do") == "save")
    if not form.validate():
        return _page(network, draft, form), 422
    _keep_terms(draft, form, today)
    if not form.saves:
        return redirect(url_for("certification.scheme_preview", network_id=network.public_id), 303)
    return _save(network, form, form.day(today))


def _keep_terms(draft: SchemeDraft, form: SchemeChangeForm, today: date) -> None:
    typed = TypedScheme.from_json(draft.typed)
    day = form.day(today)
    typed.starts_on = "" if day == today else day.isoformat()
    typed.reaches_running = form.reach.data == "running"
    with write_unit():
        keep_draft(draft.network_id, draft.person_id, typed.as_json(), base=draft.base, now=now())


def _save(network: Network, form: SchemeChangeForm, day: date) -> ResponseReturnValue:
    draft = own_draft(network)
    if draft is None:
        return redirect(url_for("certification.scheme", network_id=network.public_id), 303)
    found = plan_of(network, draft)
    if found.errors:
        return edit_page(network, draft, found.errors), 422
    try:
        _refuse_nothing(network, draft, found.plan)
        with write_unit():
            save_draft(network, draft, found.plan, starts_on=day, note=form.note.data or "", now=now())
    except DomainError as error:
        form.refuse(error)
        return _page(network, draft, form), 422
    flash(_("The change is saved."))
    return redirect(url_for("certification.scheme", network_id=network.public_id), 303)


def _refuse_nothing(network: Network, draft: SchemeDraft, plan: SchemePlan) -> None:
    if not said_otherwise(network, plan, TypedScheme.from_json(draft.typed)):
        raise NotAllowed(_("There is nothing to save: the scheme says this already."))


def _page(network: Network, draft: SchemeDraft, form: SchemeChangeForm) -> str:
    found = plan_of(network, draft)
    if found.errors:
        return edit_page(network, draft, found.errors)
    typed = TypedScheme.from_json(draft.typed)
    stale = meanwhile(network, draft.base) if draft.base != newest_number(network.id) else None
    preview = preview_of(network, found.plan, typed)
    return render_template(
        "certification/scheme_preview.html", network=network, preview=preview, form=form, stale=stale
    )
