"""The whole policy on one screen: a permission is given when any of its predicates holds; all else is denied."""

from lms.security.actor import Actor, Scope
from lms.security.permissions import Permission
from lms.security.predicates import (
    Predicate,
    administers,
    administers_all,
    belongs,
    grades,
    is_grader,
    is_network_admin,
    is_reviewer,
    is_signed_in,
    is_trainer,
    manages,
    operates,
    owns,
    reviews,
    trains,
)

POLICY: dict[Permission, tuple[Predicate, ...]] = {
    Permission.USE_ACCOUNT: (is_signed_in,),
    Permission.END_SESSION: (owns,),
    Permission.LEARN: (is_signed_in,),
    Permission.TAKE_ATTEMPT: (owns,),
    Permission.SEE_UPLOAD: (owns, grades),
    Permission.SEE_CREDENTIAL: (owns, manages, administers),
    Permission.SHOW_CREDENTIAL: (owns,),
    Permission.SEE_BUNDLE: (manages, administers),
    Permission.SEE_ORGANIZATION: (belongs, manages, administers),
    Permission.TAKE_PART: (belongs, manages),
    Permission.AGREE_ON_SCORES: (manages, owns),
    Permission.MANAGE_ORGANIZATION: (manages,),
    Permission.LEAVE_ORGANIZATION: (owns,),
    Permission.MANAGE_INVITATION: (manages, administers),
    Permission.GIVE_RESET_CODE: (manages,),
    Permission.SEE_NETWORK: (administers,),
    Permission.MANAGE_NETWORK: (administers,),
    Permission.SUBSCRIBE_CALENDAR: (belongs, manages, administers),
    Permission.CREATE_NETWORK: (is_network_admin, operates),
    Permission.NAME_ADMINS: (administers, operates),
    Permission.REVIEW: (is_reviewer,),
    Permission.REVIEW_EVIDENCE: (reviews,),
    Permission.SEE_SUBMISSION: (manages, reviews),
    Permission.OPEN_REPORTS: (is_network_admin,),
    Permission.SEE_REPORTS: (administers,),
    Permission.SAVE_VIEW: (administers,),
    Permission.KEEP_VIEW: (owns,),
    Permission.SCHEDULE_REPORTS: (administers,),
    Permission.GET_REPORT_FILE: (administers_all,),
    Permission.AUTHOR: (is_trainer,),
    Permission.EDIT_MODULE: (trains,),
    Permission.SEE_STATISTICS: (trains,),
    Permission.GRADE: (is_grader,),
    Permission.GRADE_ANSWER: (grades,),
    Permission.TEACH_COHORT: (trains,),
    Permission.OPERATE: (operates,),
}


def allows(actor: Actor | None, permission: Permission, scope: Scope | None = None) -> bool:
    """Whether the actor may do this to a target of that scope."""
    return actor is not None and any(holds(actor, scope) for holds in POLICY.get(permission, ()))
