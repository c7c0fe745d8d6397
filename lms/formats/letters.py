"""The letters that stand before the options of a list, as the language counts with letters."""

_LETTERS = {
    "fa": ["الف", *"بپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"],
    "ar": [*"أبجد", "هـ", *"وزحطيكلمنسعفصقرشتثخذضظغ"],
    "en": [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
}


def letters_for(language: str, number: int) -> list[str]:
    """Return the letters of `number` options; beyond the alphabet they are repeated ("AA")."""
    letters = _LETTERS[language]
    rounds = [letter * (1 + turn) for turn in range(1 + number // len(letters)) for letter in letters]
    return rounds[:number]
