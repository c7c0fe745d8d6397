"""The endpoints: each reads one query of a network, as far as the token goes."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import current_app, request, url_for
from marshmallow import ValidationError

from lms.api.bearers import Bearer, bearer
from lms.api.cursors import Asked, Part
from lms.api.problems import Refused
from lms.api.queries.awards import awards_of
from lms.api.queries.completions import completions_of
from lms.api.queries.members import people_of
from lms.api.queries.organizations import organization_of, organizations_of
from lms.api.scopes import TokenScope
from lms.api.v1 import schemas
from lms.api.v1.blueprint import endpoint
from lms.api.v1.fields import PageQuestion, PlaceQuestion, asked
from lms.db import read_snapshot
from lms.i18n import lazy_gettext as _
from lms.organizations.models import Network
from lms.reports import targets
from lms.reports.queries.modules import modules_of
from lms.reports.reported import ReportedOrganization, organization_in
from lms.security import Permission
from lms.setup import settings_of

Answer = Any


def the_bearer() -> Bearer:
    """The token at work, inside an endpoint that requires one."""
    found = bearer()
    assert found is not None
    return found


def part_asked(arguments: Mapping[str, Any], keys: int) -> Asked:
    """The part of a list with so many keys that the request asks for. Raises Refused where its cursor is none."""
    try:
        return asked(arguments, keys)
    except ValidationError as error:
        raise Refused(dict(error.messages_dict)) from error


def page(part: Part[Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """A part of a list, with the address of the next one in body and header."""
    address = None
    if part.after is not None:
        path = url_for(request.endpoint or "", **(request.view_args or {}))
        told = urlencode({**request.args.to_dict(), "after": part.after})
        address = f"{settings_of(current_app).base_url.rstrip('/')}{path}?{told}"
    return {"items": part.items, "next": address}, 200, {"Link": f'<{address}>; rel="next"'} if address else {}


@endpoint(
    "/networks/<network_id>",
    summary=_("The network"),
    permission=Permission.SEE_NETWORK,
    target=targets.network,
    scope=TokenScope.ORGANIZATIONS,
    answer=schemas.Network,
)
def network(network: Network) -> Answer:
    """Its names and kind."""
    return network


@endpoint(
    "/networks/<network_id>/organizations",
    summary=_("Its organizations"),
    permission=Permission.SEE_NETWORK,
    target=targets.network,
    scope=TokenScope.ORGANIZATIONS,
    query=PageQuestion,
    answer=schemas.Organizations,
)
def organizations(network: Network, arguments: dict[str, Any]) -> Answer:
    """Those that are members today."""
    read_snapshot()
    return page(organizations_of(network, the_bearer().day, part_asked(arguments, 1)))


@endpoint(
    "/networks/<network_id>/organizations/<organization_id>",
    summary=_("One organization"),
    permission=Permission.SEE_NETWORK,
    target=organization_in,
    scope=TokenScope.ORGANIZATIONS,
    answer=schemas.Organization,
)
def organization(target: ReportedOrganization) -> Answer:
    """The same as in the list."""
    return organization_of(target.network, target.organization, target.day)


@endpoint(
    "/networks/<network_id>/people",
    summary=_("People of its organizations, and how far each is"),
    description=_("By name where the organization shares names, else by number."),
    permission=Permission.SEE_REPORTS,
    target=targets.network,
    scope=TokenScope.PEOPLE,
    query=PlaceQuestion,
    answer=schemas.People,
)
def people(network: Network, arguments: dict[str, Any]) -> Answer:
    """A row a person and organization."""
    read_snapshot()
    part = part_asked(arguments, 2)
    return page(people_of(network, modules_of(network.id), the_bearer().day, part, arguments["organization"]))


@endpoint(
    "/networks/<network_id>/completions",
    summary=_("Completions: a row a person and module"),
    description=_(
        "Where the organization does not share names, the state alone: no day, language, score or edition. A person in"
        " two organizations stands in both."
    ),
    permission=Permission.SEE_REPORTS,
    target=targets.network,
    scope=TokenScope.COMPLETIONS,
    query=PlaceQuestion,
    answer=schemas.Completions,
)
def completions(network: Network, arguments: dict[str, Any]) -> Answer:
    """The feed, a page at a time."""
    read_snapshot()
    part = part_asked(arguments, 4)
    return page(completions_of(network, modules_of(network.id), the_bearer().day, part, arguments["organization"]))


@endpoint(
    "/networks/<network_id>/awards",
    summary=_("Certificates of its organizations, with their states and dates"),
    permission=Permission.SEE_NETWORK,
    target=targets.network,
    scope=TokenScope.AWARDS,
    query=PlaceQuestion,
    answer=schemas.Certificates,
)
def awards(network: Network, arguments: dict[str, Any]) -> Answer:
    """What was awarded to organizations that are members today."""
    read_snapshot()
    return page(awards_of(network, the_bearer().day, part_asked(arguments, 1), arguments["organization"]))
