"""GIFT's escaped signs: hidden while a question is taken apart, shown in its pieces."""

SIGNS = "\\:#={}~"
_HIDDEN = {sign: chr(0xE000 + at) for at, sign in enumerate(SIGNS)}
_NEWLINE = chr(0xE010)
_SHOWN = str.maketrans({**{hidden: sign for sign, hidden in _HIDDEN.items()}, _NEWLINE: "\n"})


def hidden(text: str) -> str:
    """The text with each escaped sign as one character that means nothing."""
    found, position = [], 0
    while position < len(text):
        following = text[position + 1 : position + 2]
        if text[position] == "\\" and following in _HIDDEN:
            found.append(_HIDDEN[following])
            position += 2
        elif text[position] == "\\" and following == "n":
            found.append(_NEWLINE)
            position += 2
        else:
            found.append(text[position])
            position += 1
    return "".join(found)


def shown(text: str) -> str:
    """What a piece of such a text says."""
    return text.translate(_SHOWN)


def escaped(text: str) -> str:
    """A text as it is written into a GIFT file."""
    for sign in SIGNS:
        text = text.replace(sign, "\\" + sign)
    return text.replace("\r", "").replace("\n", "\\n")
