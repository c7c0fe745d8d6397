"""What the studio calls languages, kinds of blocks and fields."""

from lms.db import text_of
from lms.exchange.markdown import to_words
from lms.i18n import gettext, language, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.quizzes.question_types import find_type
from lms.training.block_kinds import find_kind
from lms.training.models import DraftItem

LANGUAGES = {"fa": _("Persian"), "ar": _("Arabic"), "en": _("English")}

FIELDS = {
    "title": lazy_pgettext("of a text", "Title"),
    "summary": _("Summary"),
    "source": _("Source and author"),
    "intro": _("Introduction"),
}


def label_of(item: DraftItem) -> str:
    """What a block or field is called."""
    if item.key.startswith("@"):
        return str(FIELDS.get(item.kind, item.kind))
    kind = find_kind(item.kind)
    return str(kind.label) if kind else item.kind


def type_label(item: DraftItem) -> str:
    """The name of a question's type."""
    kind = find_type(item.kind)
    return str(kind.label) if kind else item.kind


def prompt_of(item: DraftItem) -> str:
    """A question's text in the reader's language, else in another."""
    texts = {text.language: str(text.body.get("prompt", "")) for text in item.texts}
    return to_words(text_of(texts, language())) or gettext("No text yet")
