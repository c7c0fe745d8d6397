"""Single choice: one of several options."""

from lms.i18n import lazy_gettext
from lms.quizzes.question_types.choices import ChoiceType


class SingleChoice(ChoiceType):
    """One option is right."""

    key = "single_choice"
    label = lazy_gettext("Single choice")
    help = lazy_gettext("One of the options is right.")
