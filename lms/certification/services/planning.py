"""A plan as if it were a revision already: for looking at what it would do. Nothing of it is stored."""

from datetime import date
from itertools import count

from lms.certification.defaults import SchemePlan
from lms.certification.models import Revision
from lms.certification.queries.schemes import Rules
from lms.certification.services.schemes import rule_of

#: The first id of a level that does not exist yet: beyond any that a database has given.
FRESH = 2_000_000_000


def with_plan(rules: Rules, plan: SchemePlan, *, starts_on: date, reaches_running: bool) -> Rules:
    """The rules with a revision more. Levels and rules that do not exist yet have ids that no row has."""
    number = rules.revisions[-1].number + 1
    made = Revision(id=-1, number=number, names=dict(plan.names), starts_on=starts_on, reaches_running=reaches_running)
    fresh, ids, levels = count(FRESH), [], []
    for position, level in enumerate(plan.levels, 1):
        ids.append(level.level_id or next(fresh))
        rule = rule_of(level, made.id, position, ids)
        rule.id = -position
        levels.append(rule)
    made.levels = levels
    return Rules(rules.scheme_id, (*rules.revisions, made))
