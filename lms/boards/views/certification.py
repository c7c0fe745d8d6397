"""A network's organizations by level and state, and what waits for its decision."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for

from lms.boards.queries.certification import (
    STATES,
    Wanted,
    organizations_by_state,
    totals,
    waiting_count,
    waiting_for_decision,
)
from lms.boards.views.blueprint import blueprint
from lms.boards.wording import STATE_WORDS
from lms.certification.models import LevelRule
from lms.certification.phases import phase_of
from lms.certification.queries import is_own, local_day, rules_of
from lms.certification.queries.telling import SOON
from lms.clock import now
from lms.formats.countries import country_name
from lms.i18n import language
from lms.organizations.models import Network
from lms.organizations.queries import network_by_public_id
from lms.paging import asked_page, asked_search
from lms.reports.queries.networks import countries_of
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.get("/networks/<public_id>/certification")
@require(Permission.SEE_NETWORK, target=network_by_public_id)
def network_certification(network: Network) -> str:
    """Organizations by level and state."""
    day = local_day(network, now())
    rules = rules_of(network.id)
    levels = rules.levels(day) if rules else []
    wanted = _wanted(levels)
    countries = sorted((country_name(code, language()), code) for code in countries_of(network.id, day))
    return render_template(
        "boards/network_certification.html",
        network=network,
        levels=levels,
        wanted=wanted,
        link=_link(network, wanted, levels),
        page=organizations_by_state(network.id, wanted, day=day, language=language(), page=asked_page()),
        totals=totals(network.id, day),
        soon=SOON.days,
        states=STATES,
        state_words=STATE_WORDS,
        countries=countries,
        country_names={code: name for name, code in countries},
        phase=lambda cycle: phase_of(cycle, day),
        waiting=waiting_count(network.id),
    )


def _wanted(levels: list[LevelRule]) -> Wanted:
    asked = {name: request.args.get(name, "") for name in ("level", "state", "within", "country")}
    level = next((each.level_id for each in levels if str(each.position) == asked["level"]), None)
    state = asked["state"] if asked["state"] in STATES else ""
    return Wanted(level, state, asked["within"] == "90", asked["country"][:2], asked_search())


def _link(network: Network, wanted: Wanted, levels: list[LevelRule]) -> Callable[..., str]:
    position = next((each.position for each in levels if each.level_id == wanted.level_id), None)
    present = {
        "level": position,
        "state": wanted.state or None,
        "within": "90" if wanted.soon else None,
        "country": wanted.country or None,
        "q": wanted.search or None,
    }

    def link(**changes: object) -> str:
        values: dict[str, Any] = {name: value for name, value in {**present, **changes}.items() if value is not None}
        return url_for("boards.network_certification", public_id=network.public_id, **values)

    return link


@blueprint.get("/networks/<public_id>/decisions")
@require(Permission.SEE_NETWORK, target=network_by_public_id)
def network_decisions(network: Network) -> str:
    """What was handed in, the longest waiting first."""
    found = waiting_for_decision(network.id, asked_page())
    actor = the_actor()
    own = {each.cycle.id for each in found.items if is_own(each.organization.id, actor)}
    return render_template(
        "boards/network_decisions.html", network=network, page=found, own=own, me=actor.person_id, waiting=found.total
    )
