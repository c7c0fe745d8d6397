"""Where an organization stands, as its board and the learner's home show it."""

from collections.abc import Iterable

from flask import current_app
from markupsafe import Markup

from lms.boards.levels import BoardStanding
from lms.boards.queries.reminders import reminders_in
from lms.certification.models import Cycle
from lms.certification.queries import (
    LevelStanding,
    Standing,
    kept_standings,
    last_words,
    listed_in,
    local_day,
    names_needed,
    newest_titles,
    seats_of_organization,
    standing,
)
from lms.certification.sheets import award_title
from lms.clock import now, today
from lms.organizations.models import Network, Organization
from lms.organizations.queries import awaited_by, networks_of
from lms.security.actor import Actor, Role
from lms.security.guards import the_actor

#: Certificates that the home page lists; the rest stand on their own page.
MOST_LISTED = 3


def standings_of(organization: Organization) -> list[BoardStanding]:
    """One for each network of the organization that the reader may know of: her own people all, an admin her own."""
    actor = the_actor()
    found = _standings(organization, networks_for(organization, actor))
    manages = organization.id in actor.organizations_as(Role.MANAGER)
    cycles = {c.id for each in found for level in each.levels for c in (level.cycle, level.open) if c is not None}
    words = last_words(cycles)
    reminders = reminders_in(organization.id, [each.network.id for each in found]) if manages else {}
    overseen = actor.networks_as(Role.NETWORK_ADMIN)
    return [
        BoardStanding(each, names_needed(each, actor), manages, each.network.id in overseen, words, reminders)
        for each in found
    ]


def standing_of_cycle(cycle: Cycle) -> tuple[BoardStanding | None, LevelStanding | None]:
    """Where the organization of a cycle stands in its network, and with its level while this is the cycle that counts
    or is under way: for the network's admins, and of who belongs to it today."""
    network = cycle.network
    day = local_day(network, now())
    is_member = (cycle.organization_id, network.id) in seats_of_organization(cycle.organization_id, day)
    found = standing(cycle.organization, network, day) if is_member else None
    if found is None:
        return None, None
    level = next((each for each in found.levels if cycle in (each.cycle, each.open)), None)
    shown = BoardStanding(found, names_needed(found, the_actor()), administers=True, words=last_words([cycle.id]))
    return shown, level


def listed_certificates(organization: Organization) -> list[tuple[str, str, str]]:
    """Name, title and code of the certificates that its people chose to show here; for its own people only."""
    if not _is_own(organization, the_actor()):
        return []
    listed = listed_in(organization.id, today())
    return [(each.person.display_name, award_title(each), each.code) for each in listed if each.person]


def _is_own(organization: Organization, actor: Actor) -> bool:
    return organization.id in actor.organization_ids | actor.organizations_as(Role.MANAGER)


def networks_for(organization: Organization, actor: Actor) -> list[Network]:
    """The networks of an organization that a reader may know of: its own people all, an admin her own."""
    own, overseen = _is_own(organization, actor), actor.networks_as(Role.NETWORK_ADMIN)
    return [network for network in networks_of(organization) if own or network.id in overseen]


def _standings(organization: Organization, networks: Iterable[Network]) -> list[Standing]:
    found = (standing(organization, network, local_day(network, now())) for network in networks)
    return [each for each in found if each is not None]


def organization_panel() -> Markup:
    """On the home page: where she waits to be confirmed; how near her organizations are, and what it takes of her."""
    actor = the_actor()
    kept = kept_standings(actor.organization_ids | actor.organizations_as(Role.MANAGER))
    waiting = awaited_by(actor.person_id, today()) if actor.awaits else ()
    return _panel("boards/_organization_panel.html", standings=kept, waiting=waiting, me=actor.person_id)


def certificates_panel() -> Markup:
    """On the home page: what she holds, the newest first."""
    listed = newest_titles(the_actor().person_id, MOST_LISTED)
    return _panel("boards/_certificates_panel.html", listed=listed)


def _panel(template: str, **values: object) -> Markup:
    # Past Flask's `render_template`, which brings the whole page's context together once more for each panel.
    html = current_app.jinja_env.get_template(template).render(values)
    return Markup(html)  # noqa: S704 - what the template interpolates is escaped
