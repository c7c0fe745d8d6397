"""Naming who signs a network's certificates."""

from datetime import date, datetime

from lms.certification.events import SignatoryNamed
from lms.certification.models import Signatory
from lms.certification.queries.cases import local_day
from lms.certification.queries.signatories import signatory_on
from lms.db import Texts, db
from lms.events import emit
from lms.organizations.models import Network
from lms.organizations.names import clean_names


def name_signatory(
    network: Network, names: Texts, roles: Texts, *, earlier_too: bool, actor_id: int, now: datetime
) -> Signatory:
    """Let a name and a role stand on certificates from today on; without a name, none.

    `earlier_too` corrects the present entry: what was issued while it stood, or before there was any, shows it too.
    """
    db.session.get(Network, network.id, with_for_update=True, populate_existing=True)
    today = local_day(network, now)
    row = _row(network, today, signatory_on(network.id, today), earlier_too=earlier_too)
    row.names, row.roles = clean_names(names), clean_names(roles)
    db.session.add(row)
    db.session.flush()
    emit(SignatoryNamed(at=now, actor_id=actor_id, network_id=network.id))
    return row


def _row(network: Network, today: date, present: Signatory | None, *, earlier_too: bool) -> Signatory:
    if present is not None and (earlier_too or present.starts_on == today):
        return present
    return Signatory(network_id=network.id, starts_on=network.created_at.date() if earlier_too else today)
