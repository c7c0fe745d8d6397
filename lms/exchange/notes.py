"""What is said of a question that came, or goes, in another format: in codes for programs, in words for people."""

from dataclasses import dataclass

from lms.i18n import lazy_gettext as _
from lms.text import isolate

DROPPED = {
    "broken": _("This could not be read: %(about)s"),
    "no_text": _("There is no text in Persian, Arabic or English."),
    "no_right_answer": _("No answer is marked as right."),
    "few_options": _("There are fewer than two options."),
    "many_options": _("There are more options than a question can have here."),
    "no_answer_taken": _("None of its accepted answers can be taken."),
    "too_long": _("A text of it is longer than texts can be here."),
    "type_unknown": _("Questions of the type “%(about)s” cannot be taken."),
    "several_parts": _("It asks several things in one question of this format."),
    "not_a_question": _("This is a text without a question."),
    "unfit": _("As a question of this platform it would be wrong: %(about)s"),
    "format_cannot": _("This format has no question of this kind."),
    "language_missing": _("It has no text in the language of the export."),
    "not_publishable": _("It is unfinished: %(about)s"),
}
"""Why a question was left out."""

CHANGED = {
    "image_left_out": _("A picture was left out: %(about)s"),
    "media_left_out": _("Sound, video or an embedded page was left out."),
    "formatting_left_out": _("Formatting that questions cannot have here was left out."),
    "list_written_out": _("A list was written out as lines."),
    "table_written_out": _("A table was written out as lines."),
    "link_left_out": _("A link that leads into another system was left out: %(about)s"),
    "formula_kept_as_typed": _("A formula stands as it was typed."),
    "language_left_out": _("A text in a language that is not among ours was left out: %(about)s"),
    "unfinished": _("A text is missing in this language: %(about)s"),
    "general_feedback_left_out": _("Feedback on the question as a whole was left out."),
    "hints_left_out": _("Hints were left out."),
    "feedback_left_out": _("Feedback that belongs to no answer was left out."),
    "template_left_out": _("A template or a guide for marking was left out."),
    "partial_marks_left_out": _("A share of the mark for a half right option was left out."),
    "shares_changed": _("Options carried different shares of the mark; now each right one carries the same."),
    "penalties_changed": _("A wrong choice takes another share of the mark than before."),
    "partial_added": _("A partly right answer gets a share of the mark now."),
    "wildcard_left_out": _("An accepted answer with a wildcard was left out: %(about)s"),
    "answer_left_out": _("An accepted answer was left out: %(about)s"),
    "wrong_answers_left_out": _("Feedback on certain wrong answers was left out."),
    "comparing_changed": _("Answers are compared in another way than before."),
    "unit_left_out": _("The unit was left out: %(about)s"),
    "tolerance_changed": _("The tolerance was written in another way."),
    "mark_changed": _("The mark was brought into its limits."),
    "mark_left_out": _("The mark was left out: this format has none."),
    "tag_left_out": _("A tag was left out: %(about)s"),
    "criterion_added": _("A criterion to grade by was added: look whether it fits."),
    "case_left_out": _("The case study that it is about was left out."),
    "gap_marked": _("The gap in the text is shown as a line."),
    "scoring_simplified": _("Rules of scoring that this platform does not have were left out."),
    "one_language_only": _("Only one language of it could be written: %(about)s"),
    "kind_changed": _("It becomes a question of another kind."),
    "missing_words_joined": _("Accepted words do not say their language in this format."),
    "whole_feedback_left_out": _("Feedback in some cases was left out."),
}
"""What became other than it was."""

SAID = {
    "category_as_tag": _("Its category became a tag: %(about)s"),
}
"""What is said and changes nothing."""

WORDS = {**DROPPED, **CHANGED, **SAID}
LANGUAGES = {"fa": _("Persian"), "ar": _("Arabic"), "en": _("English")}


@dataclass(frozen=True)
class Note:
    """One thing to be said; `about` is what it is about: a file, an answer, the code of a language."""

    code: str
    about: str = ""

    def __str__(self) -> str:
        """The sentence, in the reader's language."""
        about = str(LANGUAGES.get(self.about, self.about))
        return str(WORDS[self.code]) % {"about": isolate(about)}

    def as_json(self) -> dict[str, str]:
        """For programs, and to be stored."""
        return {"code": self.code, "about": self.about}
