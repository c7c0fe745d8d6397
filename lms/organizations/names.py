"""Names in three languages: how they are stored, sorted and found."""

from lms.db import Texts, text_of
from lms.formats import LANGUAGES
from lms.organizations.models import Named
from lms.text import clean_for_language, clean_line, fold_key, sort_key


def clean_names(texts: Texts) -> Texts:
    """The texts as they are stored, empty ones left out."""
    cleaned = {code: clean_for_language(clean_line(texts.get(code) or ""), code) for code in LANGUAGES}
    return {code: text for code, text in cleaned.items() if text}


def set_names(row: Named, texts: Texts) -> None:
    """Name an organization or a network: names, a sort key a language, and the folded key, always together.

    A language without a name is sorted by the name that its reader is shown. Raises ValueError where no name is left.
    """
    names = clean_names(texts)
    if not names:
        raise ValueError("a name in one language at least")
    row.names = names
    row.folded = folded_names(names)
    row.sort_fa, row.sort_ar, row.sort_en = (sort_key(text_of(names, code), code) for code in ("fa", "ar", "en"))


def folded_names(texts: Texts) -> str:
    """The folded key of all languages' names, one a line, each line closed: so that whole names can be looked for."""
    keys = dict.fromkeys(fold_key(text) for text in texts.values())
    return "".join(f"\n{key}" for key in keys) + "\n"
