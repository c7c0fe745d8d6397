"""The direction and language of words, from their script: what a browser and a screen reader have to be told.

A page's language is known, so `dir="auto"` is not needed, and does harm: a Persian sentence that begins with «NGO»
would run from the left. A block is foreign only where none of its words is in the script of its page.
"""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from lms.formats import direction

_LETTER = "[^\\W\\d_]"
_WORD = re.compile(f"{_LETTER}[\\w\u200c\u200d\u064b-\u0655'’.-]*")
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_PERSIAN_ONLY = re.compile("[پچژگکیۀ\u200c]")
# Two words or more in Latin letters; in Arabic letters.
_LATIN_RUN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9'’.&-]*(?:[ ,]+[A-Za-zÀ-ɏ0-9][A-Za-zÀ-ɏ0-9'’&.-]*)+")
_ARABIC_RUN = re.compile("[\u0621-\u06ff][\u0600-\u06ff\u200c]*(?: +[\u0621-\u06ff\u200c]+)+")
_URL = re.compile(r"\w+://\S+")


def is_arabic(word: str) -> bool:
    """Whether a word is in Arabic letters."""
    return bool(_ARABIC_SCRIPT.search(word))


def language_of_words(text: str, language: str) -> str:
    """The language of a text that stands in `language`: its own, unless all of its words are in another script."""
    words = [is_arabic(word) for word in _WORD.findall(text)]
    if language == "en":
        return _arabic_or_persian(text) if words and all(words) else "en"
    return "en" if words and not any(words) else language


def _arabic_or_persian(text: str) -> str:
    return "fa" if _PERSIAN_ONLY.search(text) else "ar"


def direct(tokens: list[Token], language: str) -> None:
    """Give each block that holds words its direction, and its language where that is not `language`.

    List items and cells keep the direction of the page, so that markers and columns stay in line: foreign words are
    isolated within them, as runs of two words or more are within any block.
    """
    stack: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            stack.append(token)
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "inline":
            _direct(_holder(stack), token, language)


def _holder(stack: list[Token]) -> Token | None:
    """The element that words stand in: in a tight list not the paragraph, but the item."""
    shown = [token for token in stack[-2:] if not token.hidden]
    return shown[-1] if shown else None


def _direct(holder: Token | None, inline: Token, language: str) -> None:
    text = _URL.sub("", "".join(child.content for child in inline.children or () if child.type == "text"))
    own = language_of_words(text, language)
    turned = own != language and holder is not None and holder.type in ("paragraph_open", "heading_open")
    if holder is not None and _WORD.search(text):
        holder.attrSet("dir", direction(own if turned else language))
    if holder is not None and turned:
        holder.attrSet("lang", own)
    elif own != language:
        inline.children = [_opening(own), *(inline.children or ()), _closing()]
    else:
        inline.children = [part for child in inline.children or () for part in _marked(child, language)]


def _marked(token: Token, language: str) -> Iterator[Token]:
    """A text in pieces, runs in another script isolated; an address that is written out is one such run."""
    if token.type == "link_open" and token.info == "auto":
        token.attrSet("dir", "ltr")
    if token.type != "text":
        yield token
        return
    position = 0
    for run in (_ARABIC_RUN if language == "en" else _LATIN_RUN).finditer(token.content):
        own = _arabic_or_persian(run[0]) if language == "en" else "en"
        yield from (_text(token.content[position : run.start()]), _opening(own), _text(run[0]), _closing())
        position = run.end()
    yield _text(token.content[position:])


def _opening(language: str) -> Token:
    return Token("bdi_open", "bdi", 1, {"lang": language, "dir": direction(language)})


def _closing() -> Token:
    return Token("bdi_close", "bdi", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
