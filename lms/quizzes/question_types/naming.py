"""What the studio calls options and answers that have no name but their place."""

from collections.abc import Sequence

from lms.formats.letters import letters_for
from lms.i18n import language


def letters_of(ids: Sequence[str]) -> dict[str, str]:
    """The letter of each id by its place, in the reader's language."""
    return dict(zip(ids, letters_for(language(), len(ids)), strict=True))
