"""Views of the completion report that people save for themselves."""

from urllib.parse import parse_qsl, urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.reports import services, targets
from lms.reports.forms import LONGEST_ARGUMENTS, ViewForm
from lms.reports.models import ReportView
from lms.reports.offered.completion import completion_filters
from lms.reports.queries.saved import saved_view, saved_views
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.get("/networks/<network_id>/reports/views")
@require(Permission.SEE_REPORTS, targets.network)
def views(network: Network) -> str:
    """One's views of a network's report."""
    return _page(network)


@blueprint.post("/networks/<network_id>/reports/views")
@require(Permission.SAVE_VIEW, targets.network)
def save_view(network: Network) -> ResponseReturnValue:
    """Keep the present view under a name."""
    form = ViewForm()
    arguments = _arguments(network, request.form.get("arguments", ""))
    address = f"{url_for('.completion', network_id=network.public_id)}?{arguments}"
    if not form.validate():
        flash(str(form.name.errors[0]), "bad")
        return redirect(address, 303)
    try:
        with write_unit():
            services.save_view(network, str(form.name.data), arguments, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
        return redirect(address, 303)
    flash(_("Saved."))
    return redirect(address, 303)


def _arguments(network: Network, typed: str) -> str:
    """What of the sent arguments a report's address can hold. Aborts with 404 where these are no filters."""
    sent: MultiDict[str, str] = MultiDict(parse_qsl(typed[:LONGEST_ARGUMENTS]))
    filters = completion_filters(network, sent, now())
    if not filters.validate():
        abort(404)
    return urlencode({**filters.arguments(), **({"show": "numbers"} if sent.get("show") == "numbers" else {})})


@blueprint.post("/reports/views/<view_id>/rename")
@require(Permission.KEEP_VIEW, saved_view)
def rename_view(view: ReportView) -> ResponseReturnValue:
    """Give a view another name."""
    form = ViewForm()
    if not form.validate():
        return _page(view.network, view, form), 422
    try:
        with write_unit():
            services.rename_view(view, str(form.name.data))
    except DomainError as error:
        form.refuse(error)
        return _page(view.network, view, form), 422
    return redirect(url_for(".views", network_id=view.network.public_id), 303)


@blueprint.post("/reports/views/<view_id>/delete")
@require(Permission.KEEP_VIEW, saved_view)
def delete_view(view: ReportView) -> ResponseReturnValue:
    """Forget a view."""
    with write_unit():
        services.delete_view(view)
    flash(_("The view is deleted."))
    return redirect(url_for(".views", network_id=view.network.public_id), 303)


def _page(network: Network, changed: ReportView | None = None, typed: ViewForm | None = None) -> str:
    """All of one's views, each with its name to change; what was typed for one of them stays."""
    found = saved_views(network.id, the_actor().person_id)
    shown = [(view, ViewForm(None, name=view.name)) for view in found]
    if changed is not None and typed is not None:
        shown = [(view, typed if view.id == changed.id else form) for view, form in shown]
    return render_template("reports/views.html", network=network, views=shown)
