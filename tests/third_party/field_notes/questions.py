"""A type of question: a whole number, exactly."""

from collections.abc import Iterator

from lms.i18n import domain_gettext
from lms.quizzes.question_types import Content, Fault
from lms.quizzes.question_types.numeric import Numeric

_ = domain_gettext("field_notes")


class WholeNumber(Numeric):
    """As a number; no tolerance, no fraction."""

    key = "field_notes_whole_number"
    label = _("Whole number")

    def faults(self, content: Content) -> Iterator[Fault]:
        """What a number must be, and a fraction or a tolerance."""
        yield from super().faults(content)
        if not isinstance(content.scoring.get("answer"), int) or content.scoring.get("tolerance"):
            yield Fault("scoring", str(_("Give a whole number, without tolerance.")))
