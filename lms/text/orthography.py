"""How Persian and Arabic are spelled and pointed: what our own strings must keep to, and what trainers are told of."""

import re

PERSIAN = {
    "letters": re.compile("[يكۀ]"),
    "verb": re.compile(r"(?<![\u0600-\u06ff\u200c])ن?می (?=[\u0600-\u06ff])"),
    "plural": re.compile(" ها(?![\u0600-\u06ff])"),
    "punctuation": re.compile('[,;?"]'),
    "half-space": re.compile("\u200c\\s|\\s\u200c"),
    "digits": re.compile("[0-9]"),
}
ARABIC = {
    "letters": re.compile("[یک]"),
    "tatweel": re.compile("\u0640"),
    "slash": re.compile("[\u0600-\u06ff]/[\u0600-\u06ff]"),
    "punctuation": re.compile('[,;?"]'),
}
RULES = {"fa": PERSIAN, "ar": ARABIC}
AROUND = 12
"""Letters shown on each side of a finding."""

_LATIN_WORD = r"[A-Za-z][\w.@:/'’-]*"
_NOT_PROSE = re.compile(
    r"(?m:^[ \t]*[0-9]+[.)](?=\s))|`[^`]*`|\]\([^)]*\)|<[^>]*>|&\w+;"
    rf"|{_LATIN_WORD}(?:[ ,]+[A-Za-z0-9][\w.@:/'’-]*)*"
)


def prose(text: str) -> str:
    """A text without code, addresses, tags, numbers of list items and Latin words: what the rules are about."""
    return _NOT_PROSE.sub("", text)


def findings(text: str, language: str) -> list[tuple[str, str]]:
    """The rules that a text breaks, each once, with the words round the first place."""
    words = prose(text)
    found = ((name, pattern.search(words)) for name, pattern in RULES.get(language, {}).items())
    return [(name, _around(words, match)) for name, match in found if match]


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(match.start() - AROUND, 0), match.end() + AROUND
    return " ".join(text[start:end].split())
