"""The places that a person can go to, by what she may do. Features add theirs when they register."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from flask import Flask, g, request
from markupsafe import Markup

from lms.addresses import url_for
from lms.i18n import reader
from lms.kept import Kept
from lms.security.actor import Actor, Role
from lms.security.guards import actor


@dataclass(frozen=True)
class Place:
    """An item of the navigation: shown to those with `role` (None: everyone signed in)."""

    endpoint: str
    label: str
    icon: str
    group: str
    role: Role | None = None
    phone: bool = True
    """Whether it also stands in the phone's foot, where four fit; the others go to the menu of the account."""
    bar: bool = False
    """Whether the phone's top bar has it, for everybody."""
    prefix: str | tuple[str, ...] = ""
    """Endpoints that begin with this count as being at this place."""
    order: int = 50
    """Where it stands: small numbers first."""
    when: Callable[[Actor], bool] | None = None
    """A further condition on who sees it, where a role alone does not say it."""
    count: Callable[[Actor], int] | None = None
    """How much waits there for this person: asked once a page, of those who see the place."""

    def is_for(self, who: Actor) -> bool:
        """Whether this person sees it."""
        return (self.role is None or who.has_role(self.role)) and (self.when is None or self.when(who))


@dataclass(frozen=True)
class Shown:
    """A place ready to render."""

    href: str
    label: str
    icon: str
    phone: bool
    current: bool
    over: bool = False
    """Whether it stands in the menu of the account on a phone."""
    counts: Callable[[Actor], int] | None = None

    @property
    def count(self) -> int:
        """How much waits there for the present person."""
        who = actor()
        if self.counts is None or who is None:
            return 0
        known: dict[str, int] = g.setdefault("place_counts", {})
        if self.href not in known:
            known[self.href] = self.counts(who)
        return known[self.href]


class Person(Protocol):
    """What the menu says of the present person."""

    @property
    def display_name(self) -> str: ...

    @property
    def unread(self) -> int: ...


PHONE_PLACES = 4
MOST_KEPT = 4096


def add_place(app: Flask, place: Place) -> None:
    """Register a place."""
    places = app.extensions.setdefault("lms_places", [])
    places.append(place)
    places.sort(key=lambda known: known.order)


def places_for(places: list[Place], who: Actor, at: str) -> dict[str, list[Shown]]:
    """Group label to places, for this person on a page of the endpoint `at`."""
    groups: dict[str, list[Shown]] = {}
    left = PHONE_PLACES
    for place in places:
        if not place.is_for(who):
            continue
        on_phone = place.phone and left > 0
        left -= on_phone
        groups.setdefault(str(place.group), []).append(_shown(place, at, on_phone))
    return groups


def _shown(place: Place, at: str, on_phone: bool) -> Shown:
    current = at == place.endpoint or bool(place.prefix and at.startswith(place.prefix))
    over = not (on_phone or place.bar)
    return Shown(url_for(place.endpoint), str(place.label), place.icon, on_phone, current, over, place.count)


def _waiting(groups: dict[str, list[Shown]], *, over: bool) -> tuple[int, ...]:
    """How much waits at each place; `over` leaves all but those in the account's menu out."""
    return tuple(place.count for items in groups.values() for place in items if place.over or not over)


def init_navigation(app: Flask) -> None:
    """Give templates `places()`, `navigation()` and `account_menu()`."""

    @lru_cache(maxsize=MOST_KEPT)
    def kept(_root: str, _lang: str, who: Actor, at: str) -> dict[str, list[Shown]]:
        # What is shown follows from who she is: other roles are another actor.
        return places_for(app.extensions.get("lms_places", []), who, at)

    def places() -> dict[str, list[Shown]]:
        who = actor() if "lang" in g else None
        return kept(request.script_root, g.lang, who, request.endpoint or "") if who else {}

    parts: Kept[Markup] = Kept(MOST_KEPT)

    def part(template: str, *says: object, **values: object) -> Markup:
        # One for all pages of an endpoint, by everything that it says.
        name = (template, reader(), request.script_root, request.endpoint, actor(), *says)
        found = parts.get(name)
        if found is None:
            html = app.jinja_env.get_template(template).render(values)
            found = parts.keep(name, Markup(html))  # noqa: S704 (what the template interpolates is escaped)
        return found

    def navigation(groups: dict[str, list[Shown]]) -> Markup:
        """The navigation at the side, or at a phone's foot."""
        return part("nav.html", _waiting(groups, over=False), groups=groups)

    def account_menu(her: Person, groups: dict[str, list[Shown]], token: str) -> Markup:
        """The menu behind her name."""
        says = (her.display_name, her.unread, token, _waiting(groups, over=True))
        return part("account_menu.html", *says, her=her, groups=groups, token=token)

    app.jinja_env.globals.update(places=places, navigation=navigation, account_menu=account_menu)
