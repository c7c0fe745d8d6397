"""Writes of the reports: views that people save."""

from datetime import datetime

from sqlalchemy import Select, select

from lms.accounts.models import Person
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.reports.models import ReportView

MOST_VIEWS = 50


def save_view(network: Network, name: str, arguments: str, *, actor_id: int, now: datetime) -> ReportView:
    """Keep a view of a network's report under a name; under a name that is there already it replaces that view.

    Raises NotAllowed where the person has too many views of the network.
    """
    db.session.execute(select(Person.id).where(Person.id == actor_id).with_for_update())
    known = {view.name: view for view in db.session.scalars(_views(network.id, actor_id))}
    view = known.get(name)
    if view is None:
        if len(known) >= MOST_VIEWS:
            raise NotAllowed(_("There is no room for another view: delete one first."))
        view = ReportView(person_id=actor_id, network_id=network.id, name=name, created_at=now)
        db.session.add(view)
    view.arguments = arguments
    db.session.flush()
    return view


def _views(network_id: int, person_id: int) -> Select[ReportView]:
    return select(ReportView).where(ReportView.network_id == network_id, ReportView.person_id == person_id)


def rename_view(view: ReportView, name: str) -> None:
    """Give a view another name. Raises DomainError where its person has another view of that name there."""
    others = db.session.scalars(_views(view.network_id, view.person_id).where(ReportView.id != view.id))
    if any(other.name == name for other in others):
        raise DomainError(_("There is a view of this name already."), "name")
    view.name = name


def delete_view(view: ReportView) -> None:
    """Forget a view."""
    db.session.delete(view)
