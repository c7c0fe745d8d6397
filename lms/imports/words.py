"""Words that people write in sheets for one thing, in three languages and any spelling."""

import re

from lms.text import answer_key

SEPARATORS = re.compile(r"[,;،؛]")


def column_words(table: dict[str, str]) -> dict[str, str]:
    """The keys of a table of words by each of their words, however it is spelled."""
    return {answer_key(word): key for key, words in table.items() for word in SEPARATORS.split(words)}
