"""Field notes: what people tried in their organizations, written down in a line."""

from collections.abc import Sequence

import click
from flask import Blueprint

from lms.i18n import domain_gettext
from lms.navigation import Place
from lms.plugins.contract import Plugin
from lms.quizzes.question_types import QuestionType

_ = domain_gettext("field_notes")


class FieldNotes(Plugin):
    """A notebook for each learner, and a lesson on keeping one."""

    name = "field_notes"
    title = "Field notes"

    def blueprints(self) -> Sequence[Blueprint]:
        """The notebook."""
        from field_notes.views import blueprint

        return [blueprint]

    def navigation(self) -> Sequence[Place]:
        """The notebook, among the places of learning."""
        return [Place("field_notes.notes", _("Field notes"), "edit", _("Learning"), phone=False)]

    def question_types(self) -> Sequence[QuestionType]:
        """A number, exactly."""
        from field_notes.questions import WholeNumber

        return [WholeNumber()]

    def commands(self) -> Sequence[click.Command]:
        """How many notes there are."""
        from field_notes.commands import count

        return [count]


module = FieldNotes()
