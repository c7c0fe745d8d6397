"""The interactions of QTI that are questions here."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from lms.exchange.drafting import Draft, Unusable
from lms.exchange.essays import put_essay
from lms.exchange.gaps import MARK, FoundGap, GapAnswer, put_gaps
from lms.exchange.moodle_gaps import put_items
from lms.exchange.pieces import Choice, Spelling, put_choices, put_number, put_pairs, put_spellings, put_statement
from lms.exchange.qti_body import Body, Declared, inner_html
from lms.exchange.qti_names import camel, children, descendants, value
from lms.exchange.texts import Source, words_of
from lms.text import fold_key, parse_number

_TRUE = {"true", "درست", "صحیح", "صح", "صواب", "صحيح", "yes", "بله", "نعم"}
_FALSE = {"false", "نادرست", "غلط", "خطا", "خطأ", "no", "خیر", "لا"}


def _ask(draft: Draft, body: Body, interaction: Element | None = None) -> None:
    if not draft.say(("prompt",), body.prompt(interaction)):
        raise Unusable("no_text")


def _choice(draft: Draft, body: Body) -> None:
    interaction = body.interactions[0]
    _ask(draft, body, interaction)
    response = body.response(interaction)
    found = [(value(c, "identifier"), body.source(inner_html(c))) for c in children(interaction, "simpleChoice")]
    single = response.cardinality == "single" or (not response.cardinality and value(interaction, "maxChoices") == "1")
    side = _side_of(found, response) if single else None
    if side is not None:
        _put_statement(draft, body, found, side)
        return
    shares = _shares([key for key, _text in found], response)
    choices = [Choice(text, shares[key], body.feedback.get(key)) for key, text in found]
    put_choices(draft, choices, single=single, strict=not single and not response.mapping)


def _shares(keys: Sequence[str], response: Declared) -> dict[str, float]:
    """Right ones share the mark; a mapping says what others give or take."""
    right = [key for key in keys if key in response.values]
    if not right:
        right = [key for key in keys if response.mapping.get(key, 0) > 0]
    if not right:
        raise Unusable("no_right_answer")
    whole = sum(response.mapping.get(key, 0) for key in right)
    if response.mapping and whole > 0:
        return {key: response.mapping.get(key, 0) / whole for key in keys}
    return {key: float(key in right) for key in keys}


def _side_of(found: Sequence[tuple[str, Source]], response: Declared) -> str | None:
    """Which side is right where the two options are true and false."""
    if len(found) != 2 or not response.values:
        return None
    said = {key: fold_key(next(iter(words_of(text)[0].values()), "")) for key, text in found}
    sides = {key: "true" if word in map(fold_key, _TRUE) else "false" for key, word in said.items()}
    known = all(word in map(fold_key, _TRUE | _FALSE) for word in said.values())
    return sides.get(response.values[0]) if known and len(set(sides.values())) == 2 else None


def _put_statement(draft: Draft, body: Body, found: Sequence[tuple[str, Source]], side: str) -> None:
    right = body.response(body.interactions[0]).values[0]
    other = next(key for key, _text in found if key != right)
    opposite = "false" if side == "true" else "true"
    put_statement(draft, side, {side: body.feedback.get(right), opposite: body.feedback.get(other)})


def _inline(draft: Draft, body: Body) -> None:
    """One field at the end of what is asked is a short answer or a number; anything else is a text with gaps."""
    alone = body.interactions[0]
    mark = MARK.format("g1")
    ends = body.html.replace("</p>", "").replace("</div>", "").strip().endswith(mark)
    if len(body.interactions) == 1 and camel(alone) == "textEntryInteraction" and ends:
        body.html = body.html.replace(mark, "")
        _entry(draft, body, body.response(alone))
        return
    gaps = {f"g{at}": _gap(body, found) for at, found in enumerate(body.interactions, 1)}
    put_gaps(draft, body.prompt(), gaps)


def _entry(draft: Draft, body: Body, response: Declared) -> None:
    _ask(draft, body)
    accepted = _accepted(response)
    if response.base in ("float", "integer"):
        put_number(draft, [(share, float(parse_number(word)), 0, None) for word, share in accepted], None)
        return
    mode = "folded" if response.ignores_case else "exact"
    put_spellings(draft, [Spelling(Source(word, "plain", body.language), share) for word, share in accepted], mode=mode)


def _accepted(response: Declared) -> list[tuple[str, float]]:
    best = max(response.mapping.values(), default=0)
    found = [(word, share / best) for word, share in response.mapping.items() if share > 0] if best > 0 else []
    found += [(word, 1.0) for word in response.values if word not in response.mapping]
    if not found:
        raise Unusable("no_right_answer")
    return found


def _gap(body: Body, interaction: Element) -> FoundGap:
    response = body.response(interaction)
    if camel(interaction) == "textEntryInteraction":
        answers = [GapAnswer(Source(word, "plain", body.language), share) for word, share in _accepted(response)]
        return FoundGap(answers, True, "folded" if response.ignores_case else "exact")
    options = list(children(interaction, "inlineChoice"))
    shares = {value(o, "identifier"): float(value(o, "identifier") in response.values) for o in options}
    return FoundGap([GapAnswer(body.source(inner_html(o)), shares[value(o, "identifier")]) for o in options], False)


def _match(draft: Draft, body: Body) -> None:
    interaction = body.interactions[0]
    _ask(draft, body, interaction)
    sets = [list(children(found, "simpleAssociableChoice")) for found in children(interaction, "simpleMatchSet")]
    if len(sets) != 2:
        raise Unusable("broken", draft.name)
    words = {value(c, "identifier"): body.source(inner_html(c)) for side in sets for c in side}
    pairs = [tuple(pair.split()) for pair in body.response(interaction).values]
    partners = {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and set(pair) <= words.keys()}
    items = [value(c, "identifier") for c in sets[0]]
    if len(partners) < len(pairs) or any(item not in partners for item in items):
        raise Unusable("several_parts" if len(partners) < len(pairs) else "no_right_answer")
    loose = [value(c, "identifier") for c in sets[1] if value(c, "identifier") not in partners.values()]
    put_pairs(draft, [*((words[i], words[partners[i]]) for i in items), *((Source(""), words[key]) for key in loose)])


def _order(draft: Draft, body: Body) -> None:
    interaction = body.interactions[0]
    _ask(draft, body, interaction)
    words = {value(c, "identifier"): body.source(inner_html(c)) for c in children(interaction, "simpleChoice")}
    order = body.response(interaction).values
    if sorted(order) != sorted(words):
        raise Unusable("no_right_answer")
    put_items(draft, [words[key] for key in order], "exact")


def _extended(draft: Draft, body: Body) -> None:
    _ask(draft, body, body.interactions[0])
    put_essay(draft)


def _gap_match(draft: Draft, body: Body) -> None:
    """Words to be put into gaps: every gap offers them all."""
    interaction = body.interactions[0]
    words = [(value(c, "identifier"), body.source(inner_html(c))) for c in children(interaction, "gapText")]
    pairs = [pair.split() for pair in body.response(interaction).values]
    right = {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
    gaps: dict[str, FoundGap] = {}
    inside = Body(body.item, body.language)
    for part in interaction:
        if camel(part) not in ("gapText", "gapImg", "prompt"):
            inside.html += f"<p>{_marked(part, gaps, words, right)}</p>"
    prompt = "".join(inner_html(found) for found in children(interaction, "prompt"))
    put_gaps(draft, body.source(f"<div>{body.html}</div><div>{prompt}</div>{inside.html}"), gaps)


def _marked(
    part: Element, gaps: dict[str, FoundGap], words: Sequence[tuple[str, Source]], right: dict[str, str]
) -> str:
    for gap in descendants(part, "gap"):
        key = f"g{len(gaps) + 1}"
        answers = [GapAnswer(said, float(right.get(value(gap, "identifier")) == word)) for word, said in words]
        gaps[key] = FoundGap(answers, typed=False)
        gap.text = MARK.format(key)
        gap.tag = "span"
    return inner_html(part)


INTERACTIONS: dict[str, Callable[[Draft, Body], None]] = {
    "choiceInteraction": _choice,
    "textEntryInteraction": _inline,
    "inlineChoiceInteraction": _inline,
    "matchInteraction": _match,
    "orderInteraction": _order,
    "extendedTextInteraction": _extended,
    "gapMatchInteraction": _gap_match,
}
