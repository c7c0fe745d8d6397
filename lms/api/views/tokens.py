"""Tokens of a network: who reads it by program, what, and until when."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.api.forms import TokenForm
from lms.api.models import ApiToken
from lms.api.queries.tokens import token_in, tokens_of
from lms.api.scopes import SCOPE_LABELS, TokenScope
from lms.api.services import make_token, revoke_token
from lms.api.views.blueprint import blueprint
from lms.certification.queries import local_day
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.organizations.queries import admins_of, network_by_public_id
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.setup import settings_of


def network_of(network_id: str) -> Network | None:
    """The network of an address."""
    return network_by_public_id(network_id)


@blueprint.get("/networks/<network_id>/tokens")
@require(Permission.MANAGE_NETWORK, network_of)
def tokens(network: Network) -> str:
    """The list, and the form for a new one."""
    return _page(network, TokenForm())


@blueprint.post("/networks/<network_id>/tokens")
@require(Permission.MANAGE_NETWORK, network_of)
def token_make(network: Network) -> ResponseReturnValue:
    """Make one; its secret is shown once, so in the answer itself."""
    form = TokenForm()
    if not form.validate():
        return _page(network, form), 422
    day = local_day(network, now())
    ends = day + timedelta(days=int(form.days.data))
    try:
        with write_unit():
            _token, secret = make_token(
                network,
                form.name.data or "",
                form.chosen(),
                expires_on=ends,
                day=day,
                actor_id=the_actor().person_id,
                now=now(),
            )
    except DomainError as error:
        form.refuse(error)
        return _page(network, form), 422
    feed = url_for("api_v1.completions_table", network_id=network.public_id)
    address = settings_of(current_app).base_url.rstrip("/") + feed if TokenScope.COMPLETIONS in form.chosen() else ""
    page = render_template("api/token.html", network=network, secret=secret, ends=ends, address=address)
    return page, 200, {"Cache-Control": "no-store"}


@blueprint.post("/networks/<network_id>/tokens/<token_id>/revoke")
@require(Permission.MANAGE_NETWORK, token_in)
def token_revoke(token: ApiToken) -> ResponseReturnValue:
    """End one at once, whoever made it."""
    back = url_for("api.tokens", network_id=(request.view_args or {})["network_id"])
    with write_unit():
        revoke_token(token, actor_id=the_actor().person_id, now=now())
    flash(_("The token opens nothing any more."))
    return redirect(back, 303)


def _page(network: Network, form: TokenForm) -> str:
    return render_template(
        "api/tokens.html",
        network=network,
        form=form,
        tokens=tokens_of(network.id),
        day=local_day(network, now()),
        labels=SCOPE_LABELS,
        admins={grant.person_id for grant in admins_of(network.id)},
    )
