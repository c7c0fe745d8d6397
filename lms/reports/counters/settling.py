"""Once a day: changes that no time zone's today lies before become one, so that counters stay few."""

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, func, select

from lms.clock import today
from lms.db import write_unit
from lms.jobs import periodic
from lms.reports.counters.applying import apply
from lms.reports.counters.contributions import SETTLED, Key, horizon
from lms.reports.counters.models import COUNTER, STOCK

_KEY = [column for column in COUNTER.primary_key if column is not COUNTER.c.day]


@periodic("settle_counters", every=timedelta(days=1))
def settle_counters(_arguments: dict[str, Any]) -> None:
    """Add up what stock changed until the horizon, and forget what adds up to nothing."""
    stock = COUNTER.c.kind.in_(sorted(kind.value for kind in STOCK))
    old = and_(stock, COUNTER.c.day > SETTLED, COUNTER.c.day <= horizon(today()))
    with write_unit() as session:
        changed = func.sum(COUNTER.c.change)
        rows = session.execute(select(*_KEY, changed).where(old).group_by(*_KEY)).all()
        session.execute(delete(COUNTER).where(old))
        apply(Counter({Key._make((*row[:-1], SETTLED)): row[-1] for row in rows}))
        session.execute(delete(COUNTER).where(stock, COUNTER.c.day == SETTLED, COUNTER.c.change == 0))
