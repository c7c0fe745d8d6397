"""What is set off from the text, under a title of its own."""

from lms.i18n import lazy_gettext as _
from lms.i18n import lazy_pgettext
from lms.training.block_kinds.base import BlockKind

TITLE_FIRST = _("The first line is the title.")


class Box(BlockKind):
    """A title in the first line, then Markdown."""

    titled = True
    hint = TITLE_FIRST


class Note(Box):
    """A note in the margin."""

    key = "note"
    label = lazy_pgettext("kind of block", "Margin note")


class Example(Box):
    """An example."""

    key = "example"
    label = lazy_pgettext("kind of block", "Example")


class Exercise(Box):
    """What a team does in its own organization."""

    key = "exercise"
    label = lazy_pgettext("kind of block", "Exercise")


class Callout(Box):
    """Something to be remembered, tried or avoided."""

    key = "callout"
    label = lazy_pgettext("kind of block", "Callout")
    choices = {
        "tone": {
            "note": lazy_pgettext("tone of a callout", "Remember"),
            "tip": lazy_pgettext("tone of a callout", "Tip"),
            "warning": lazy_pgettext("tone of a callout", "Warning"),
        }
    }
