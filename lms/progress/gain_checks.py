"""Comparing what is kept of gains with the attempts that they are made of, for `lms check`.

A gain without attempts is none the worse: they may have been elsewhere.
"""

from collections.abc import Iterator

from sqlalchemy import select

from lms.checks import register_check, register_repair
from lms.clock import now
from lms.db import db
from lms.progress.gains import ENTRY, FIRST, gain_from, keep_gain, pairs
from lms.progress.models import Gain

TITLE = "gains"
AT_ONCE = 1000
Found = tuple[Gain, int, int]


@register_check(TITLE)
def wrong_gains() -> Iterator[str]:
    """Gains that are not what the attempts say, and those that are missing."""
    for gain, before, after in _wrong():
        yield f"person {gain.person_id}, module {gain.module_id}: the attempts say {before} before and {after} after"


@register_repair(TITLE)
def repair_gains() -> int:
    """Keep what the attempts say. Nobody else may write meanwhile."""
    found = list(_wrong())
    for gain, before, after in found:
        keep_gain(gain, before, after, actor_id=None, now=now())
    return len(found)


def _wrong() -> Iterator[Found]:
    """The first pair of each person and module, where what is kept is something else, or nothing."""
    kept = {
        (person_id, module_id): (edition_id, before, after)
        for person_id, module_id, edition_id, before, after in db.session.execute(
            select(Gain.person_id, Gain.module_id, Gain.edition_id, Gain.before, Gain.after)
        )
    }
    in_order = pairs().order_by(ENTRY.person_id, FIRST.submitted_at, FIRST.id)
    for pair in db.session.execute(in_order, execution_options={"yield_per": AT_ONCE}):
        gain, before, after = gain_from(pair)
        key, right = (gain.person_id, gain.module_id), (gain.edition_id, before, after)
        stored = kept.setdefault(key, (gain.edition_id, -1, -1))
        if stored[0] == gain.edition_id and stored != right:
            kept[key] = right
            yield gain, before, after
