"""A term and what it means."""

from lms.i18n import lazy_gettext as _
from lms.i18n import lazy_pgettext
from lms.training.block_kinds.base import BlockKind


class Term(BlockKind):
    """The term in the first line, then what it means."""

    key = "term"
    label = lazy_pgettext("kind of block", "Glossary term")
    titled = True
    hint = _("The first line is the term, the rest says what it means.")
