"""Where an organization stands, as its board and the learner's home show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from lms.certification.queries import (
    Standing,
    kept_standings,
    listed_in,
    local_day,
    names_needed,
    newest_titles,
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


@dataclass(frozen=True)
class BoardStanding:
    """An organization's way through a network's levels, with the names that the reader may see."""

    standing: Standing
    #: Person id to name, of those who are still needed.
    names: dict[int, str]

    @property
    def can_be_awarded(self) -> bool:
        """Whether an admin's verdict is all that is left."""
        level = self.standing.current
        return level is not None and level.open is not None and not level.rule.automatic and level.is_met


def standings_of(organization: Organization) -> list[BoardStanding]:
    """One for each network of the organization that the reader may know of: her own people all, an admin her own."""
    actor = the_actor()
    found = _standings(organization, _networks_for(organization, actor))
    return [BoardStanding(each, names_needed(each, actor)) for each in found]


def listed_certificates(organization: Organization) -> list[tuple[str, str, str]]:
    """Name, title and code of the certificates that its people chose to show here; for its own people only."""
    if not _is_own(organization, the_actor()):
        return []
    listed = listed_in(organization.id, today())
    return [(each.person.display_name, award_title(each), each.code) for each in listed if each.person]


def _is_own(organization: Organization, actor: Actor) -> bool:
    return organization.id in actor.organization_ids | actor.organizations_as(Role.MANAGER)


def _networks_for(organization: Organization, actor: Actor) -> list[Network]:
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
