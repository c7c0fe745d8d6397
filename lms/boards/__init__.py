"""The boards of an organization and of a network."""

from flask import Flask

from lms.boards import views
from lms.boards.notices import register_notices
from lms.boards.privacy import register_privacy
from lms.boards.standings import certificates_panel, listed_certificates, organization_panel, standings_of
from lms.i18n import lazy_gettext as _
from lms.i18n import lazy_pgettext
from lms.learning.home import add_home_panel
from lms.navigation import Place, add_place
from lms.organizations import labels
from lms.security.actor import Actor, Role

_MINE = (
    *("boards.organization", "imports.", "evidence.organization", "evidence.piece", "evidence.part"),
    *("certification.asked_for", "certification.organization", "assessments.round", "assessments.score"),
    *("assessments.agreement", "assessments.action"),
)
_NETWORK = (
    *("boards.network", "boards.cycle", "certification.scheme", "certification.signatory"),
    *("certification.network", "api.token", "bulk_imports."),
)


def init_feature(app: Flask) -> None:
    """Register this feature's pages, its places in the navigation and what it shows at home."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(views.feed)
    register_notices()
    register_privacy()
    app.jinja_env.globals["organization_labels"] = labels
    app.jinja_env.globals.update(standings_of=standings_of, listed_certificates=listed_certificates)
    add_home_panel(app, organization_panel)
    add_home_panel(app, certificates_panel)
    mine = _("My organization")
    add_place(
        app,
        Place("boards.my_organization", mine, "users", _("Learning"), when=_belongs, prefix=_MINE),
    )
    add_place(
        app,
        Place(
            "boards.cohorts", _("Cohorts"), "cal", _("Teaching"), role=Role.TRAINER, prefix="boards.cohort", order=22
        ),
    )
    group = lazy_pgettext("navigation", "Network")
    add_place(app, Place("boards.networks", _("Networks"), "net", group, when=_oversees, prefix=_NETWORK, order=20))


def _belongs(actor: Actor) -> bool:
    return bool(actor.organization_ids) or actor.has_role(Role.MANAGER)


def _oversees(actor: Actor) -> bool:
    return actor.has_role(Role.NETWORK_ADMIN) or actor.has_role(Role.OPERATOR)
