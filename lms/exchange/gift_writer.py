"""GIFT as Moodle reads it: HTML in its texts, so that nothing depends on how a line is broken."""

from collections.abc import Callable

from lms.exchange.gift_marks import escaped
from lms.exchange.outgoing import CannotWrite, Outgoing
from lms.exchange.shares import option_shares, percent


def write_gift(out: Outgoing) -> str:
    """A question. Raises CannotWrite for types that GIFT has not."""
    write = _WRITERS.get(out.kind)
    if write is None:
        raise CannotWrite("format_cannot")
    answers = write(out)
    if out.question.get("mark", 1) != 1:
        out.note("mark_left_out")
    head = (
        f"// question: {out.question['id']}{_tags(out)}\n::{escaped(out.name())}::[html]{escaped(out.html('prompt'))}"
    )
    return f"{head}{{{answers}}}\n\n"


def _tags(out: Outgoing) -> str:
    for tag in out.tags:
        if set(tag) & set("<>`["):
            out.note("tag_left_out", tag)
    kept = [tag.replace("]", "\\]") for tag in out.tags if not set(tag) & set("<>`[")]
    return "".join(f" [tag:{tag}]" for tag in kept)


def _feedback(out: Outgoing, key: str) -> str:
    said = out.html("feedback", key)
    return f"#{escaped(said)}" if said else ""


def _options(out: Outgoing, shares: dict[str, float], *, single: bool) -> str:
    lines = []
    for option, share in shares.items():
        sign = "=" if single and share == 1 else "~" if share == 0 else f"~%{percent(out, share)}%"
        lines.append(f"\t{sign}{escaped(out.html('options', option))}{_feedback(out, option)}\n")
    return "\n" + "".join(lines)


def _single(out: Outgoing) -> str:
    shares = {option: float(option in out.scoring["correct"]) for option in out.structure["options"]}
    return _options(out, shares, single=True)


def _several(out: Outgoing) -> str:
    return _options(out, option_shares(out), single=False)


def _statement(out: Outgoing) -> str:
    side = str(out.scoring["correct"][0])
    right, wrong = _feedback(out, side), _feedback(out, "false" if side == "true" else "true")
    return side.upper() + (wrong or ("#" if right else "")) + right


def _spellings(out: Outgoing) -> str:
    lines = []
    rules = out.scoring["accepted"]
    for key in out.structure["accepted"]:
        for word in _words(out, key):
            share = percent(out, rules[key]["share"])
            lines.append(f"\t=%{share}%{escaped(_starred(word))}{_feedback(out, key)}\n")
    if other := _feedback(out, "other"):
        lines.append(f"\t=%0%*{other}\n")
    if out.mode({rules[key].get("mode", "folded") for key in rules}) == "exact":
        out.note("comparing_changed")
    return "\n" + "".join(lines)


def _starred(word: str) -> str:
    return word.replace("*", "\\*")


def _words(out: Outgoing, key: str) -> list[str]:
    """Accepted words of all languages: nothing in GIFT says which is of which."""
    found = out.said("accepted", key)
    if len(out.codes) > 1:
        out.note("missing_words_joined")
    words = list(dict.fromkeys(word for said in found.values() for word in said))
    if any("->" in word for word in words):
        # An arrow among answers makes a matching question of it, and cannot be escaped.
        raise CannotWrite("format_cannot")
    return words


def _number(out: Outgoing) -> str:
    answer, tolerance = number_of(out)
    right, wrong = _feedback(out, "right"), _feedback(out, "wrong")
    lines = [f"\t=%100%{plain(answer)}:{plain(tolerance)}{right}\n"]
    if wrong:
        lines.append(f"\t~{wrong}\n")
    if out.said("unit"):
        out.note("unit_left_out", out.words("unit"))
    return "#\n" + "".join(lines)


def number_of(out: Outgoing) -> tuple[float, float]:
    """The right number and an absolute tolerance; units with factors are left out."""
    answer, tolerance = out.scoring["answer"], out.scoring.get("tolerance", 0)
    if out.scoring.get("relative"):
        out.note("tolerance_changed")
        tolerance = abs(answer * tolerance)
    if out.structure.get("units"):
        out.note("unit_left_out", ", ".join(out.structure["units"]))
    out.leave_feedback("right", "wrong")
    return answer, tolerance


def plain(number: float) -> str:
    """A number without exponent."""
    return f"{number:.12f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)


def pairs_of(out: Outgoing) -> list[tuple[str, str]]:
    """The items and matches of a matching question, or the items and groups of a sorting one, as ids."""
    if out.kind == "categorise":
        out.note("kind_changed")
        pairs, places = out.scoring["groups"], out.structure["groups"]
    else:
        pairs, places = out.scoring["pairs"], out.structure["matches"]
    if out.scoring.get("partial") is False:
        out.note("partial_added")
    loose = [place for place in places if place not in pairs.values()]
    return [*((item, pairs[item]) for item in out.structure["items"]), *(("", place) for place in loose)]


def places_name(out: Outgoing) -> str:
    """What the text calls that with which items are paired."""
    return "groups" if out.kind == "categorise" else "matches"


def _pairs(out: Outgoing) -> str:
    name = places_name(out)
    lines = [
        f"\t={escaped(out.html('items', item)) if item else ''} -> {escaped(out.words(name, place))}\n"
        for item, place in pairs_of(out)
    ]
    out.leave_feedback()
    return "\n" + "".join(lines)


def _essay(out: Outgoing) -> str:
    if out.structure or out.scoring:
        out.note("template_left_out")
    return ""


_WRITERS: dict[str, Callable[[Outgoing], str]] = {
    "single_choice": _single,
    "multiple_choice": _several,
    "true_false": _statement,
    "short_text": _spellings,
    "numeric": _number,
    "matching": _pairs,
    "categorise": _pairs,
    "essay": _essay,
}
