"""What is done to quizzes and attempts. None of these commits: callers run them in a write unit."""

from lms.quizzes.services.allowing import allow, end_allowance
from lms.quizzes.services.by_hand import set_verdict
from lms.quizzes.services.checking import check_answer
from lms.quizzes.services.grading import close_expired, submit, submit_attempt
from lms.quizzes.services.publishing import store_quizzes
from lms.quizzes.services.regrading import begin_regrade, commit_regrade, drop_regrade
from lms.quizzes.services.regrading import step as step_regrade
from lms.quizzes.services.saving import ClientKey, Receipt, save_in, save_response, set_flag
from lms.quizzes.services.starting import Started, start, start_attempt

__all__ = [
    "ClientKey",
    "Receipt",
    "Started",
    "allow",
    "begin_regrade",
    "check_answer",
    "close_expired",
    "commit_regrade",
    "drop_regrade",
    "end_allowance",
    "save_in",
    "save_response",
    "set_flag",
    "set_verdict",
    "start",
    "start_attempt",
    "step_regrade",
    "store_quizzes",
    "submit",
    "submit_attempt",
]
