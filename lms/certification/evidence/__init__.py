"""Proof of practice: what organizations did together, handed in to networks and reviewed there."""

from collections.abc import Iterable

from flask import Flask

from lms.certification.evidence.evidence_types import EvidenceType, register_evidence_type
from lms.i18n import lazy_gettext as _
from lms.i18n import lazy_pgettext
from lms.navigation import Place, add_place
from lms.plugins.contract import Plugin
from lms.plugins.registry import on_hook
from lms.security.predicates import is_reviewer


def init_evidence(app: Flask) -> None:
    """Register pages, listeners, histories, notices, privacy, the place of reviewers, and what plugins may bring."""
    from lms.certification.evidence.histories import register_histories
    from lms.certification.evidence.listeners import listen
    from lms.certification.evidence.notices import register_notices
    from lms.certification.evidence.privacy import register_privacy
    from lms.certification.evidence.views import blueprint

    app.register_blueprint(blueprint)
    on_hook(app, "evidence_types", _take_types)
    listen()
    register_histories()
    register_notices()
    register_privacy()
    add_place(
        app,
        Place(
            "evidence.reviewing",
            _("Evidence to review"),
            "file",
            lazy_pgettext("navigation", "Network"),
            prefix="evidence.review",
            order=45,
            when=lambda who: is_reviewer(who, None),
        ),
    )


def _take_types(plugin: Plugin, types: Iterable[EvidenceType]) -> None:
    """Take a plugin's evidence types. Raises ValueError for a key that does not begin with its name."""
    for each in types:
        if not each.key.startswith(f"{plugin.name}_"):
            raise ValueError(f"the evidence type {each.key!r} must be called {plugin.name}_…")
        register_evidence_type(each)
