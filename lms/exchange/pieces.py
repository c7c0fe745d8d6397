"""Questions put together from what any format says of them: options with shares, spellings, numbers, pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.exchange.drafting import LETTERS, Draft, Unusable, letter
from lms.exchange.texts import Source, plain_of

CLOSE = 0.006
"""Shares that differ by less are the same: Moodle writes a third as 33.33333."""


@dataclass(frozen=True)
class Choice:
    """An option, its share of the mark from -1 to 1, the feedback on it."""

    text: Source
    share: float
    feedback: Source | None = None


@dataclass(frozen=True)
class Spelling:
    """An accepted answer, its share, the feedback on it."""

    text: Source
    share: float
    feedback: Source | None = None


def put_choices(draft: Draft, choices: Sequence[Choice], *, single: bool, strict: bool = False) -> None:
    """A single or multiple choice; `strict`: only all right ones together get the mark. Raises Unusable."""
    if len(choices) < 2:
        raise Unusable("few_options")
    if len(choices) > len(LETTERS):
        raise Unusable("many_options")
    options = [letter(at) for at in range(len(choices))]
    shares = dict(zip(options, (choice.share for choice in choices), strict=True))
    if max(shares.values()) <= 0:
        raise Unusable("no_right_answer")
    draft.structure = {"options": options}
    for option, choice in zip(options, choices, strict=True):
        draft.say(("options", option), choice.text)
        if choice.feedback:
            draft.say(("feedback", option), choice.feedback)
    if single:
        _score_single(draft, shares)
    else:
        _score_several(draft, shares, strict=strict)


def _score_single(draft: Draft, shares: Mapping[str, float]) -> None:
    draft.type = "single_choice"
    best = max(shares, key=lambda option: shares[option])
    if any(share > 0 for option, share in shares.items() if option != best):
        draft.note("partial_marks_left_out")
    if any(share < 0 for share in shares.values()):
        draft.note("penalties_changed")
    draft.scoring = {"correct": [best]}


def _score_several(draft: Draft, shares: Mapping[str, float], *, strict: bool) -> None:
    """Each right option an equal share, each wrong one takes an equal share; `strict`: all of it or nothing."""
    draft.type = "multiple_choice"
    right = {option: share for option, share in shares.items() if share > 0}
    draft.scoring = {"correct": list(right), "partial": not strict}
    if strict:
        return
    each = 1 / len(right)
    if any(abs(share - each) > CLOSE for share in right.values()):
        draft.note("shares_changed")
    taken = [abs(share) for option, share in shares.items() if option not in right]
    penalty = max(taken, default=each)
    if any(abs(share - penalty) > CLOSE for share in taken):
        draft.note("penalties_changed")
    if abs(penalty - each) > CLOSE:
        draft.scoring["penalty"] = _tidy(round(min(penalty, 1), 5))


def put_statement(draft: Draft, said: str, feedback: Mapping[str, Source | None]) -> None:
    """A statement that is true or false."""
    draft.type, draft.scoring = "true_false", {"correct": [said]}
    for side in ("true", "false"):
        found = feedback.get(side)
        if found:
            draft.say(("feedback", side), found)


def put_spellings(draft: Draft, spellings: Sequence[Spelling], *, mode: str) -> None:
    """A short answer: neighbours of equal share and feedback are spellings of one answer. Raises Unusable."""
    groups: list[list[Spelling]] = []
    for spelling in spellings:
        if spelling.text.text.strip() == "*":
            _put_other(draft, spelling)
        elif _is_taken(draft, spelling):
            if groups and (groups[-1][0].share, groups[-1][0].feedback) == (spelling.share, spelling.feedback):
                groups[-1].append(spelling)
            else:
                groups.append([spelling])
    _put_groups(draft, groups, mode)


def _put_other(draft: Draft, spelling: Spelling) -> None:
    if spelling.share > 0:
        draft.note("wildcard_left_out", "*")
    if spelling.feedback:
        draft.say(("feedback", "other"), spelling.feedback)


def _is_taken(draft: Draft, spelling: Spelling) -> bool:
    words = spelling.text.text.replace("\\*", "")
    if "*" in words:
        draft.note("wildcard_left_out", spelling.text.text)
        return False
    if not any(plain_of(spelling.text).values()):
        return False
    if not 0 <= spelling.share <= 1:
        draft.note("answer_left_out", spelling.text.text)
        return False
    return True


def _put_groups(draft: Draft, groups: Sequence[Sequence[Spelling]], mode: str) -> None:
    if not groups:
        raise Unusable("no_answer_taken")
    if len(groups) >= len(LETTERS):
        raise Unusable("many_options")
    best = max(group[0].share for group in groups)
    if best <= 0:
        raise Unusable("no_right_answer")
    if best < 1:
        draft.note("shares_changed")
    rules = {}
    for at, group in enumerate(groups):
        key = letter(at)
        share = round(group[0].share / best, 5)
        rules[key] = {"share": int(share) if share == int(share) else share, "mode": mode}
        draft.accept(("accepted", key), [_unstarred(spelling.text) for spelling in group])
        feedback = group[0].feedback
        if feedback:
            draft.say(("feedback", key), feedback)
    draft.type, draft.structure, draft.scoring = "short_text", {"accepted": list(rules)}, {"accepted": rules}


def _unstarred(source: Source) -> Source:
    return Source(source.text.replace("\\*", "*"), source.form, source.language)


Number = tuple[float, float, float, Source | None]
"""Its share, the number, its tolerance, the feedback on it."""


def put_number(draft: Draft, numbers: Sequence[Number], wrong: Source | None) -> None:
    """A numeric question: the one number that gets the full mark. Raises Unusable."""
    right = [number for number in numbers if number[0] > 0]
    if not right:
        raise Unusable("no_right_answer")
    best = max(right, key=lambda number: number[0])
    if len(right) > 1:
        draft.note("partial_marks_left_out")
    if any(number[3] for number in numbers if number is not best):
        draft.note("wrong_answers_left_out")
    draft.type = "numeric"
    draft.scoring = {"answer": _tidy(best[1]), "tolerance": _tidy(abs(best[2]))}
    for side, feedback in (("right", best[3]), ("wrong", wrong)):
        if feedback:
            draft.say(("feedback", side), feedback)


def _tidy(number: float) -> float:
    return int(number) if number == int(number) else number


def put_pairs(draft: Draft, pairs: Sequence[tuple[Source, Source]]) -> None:
    """A matching question; a pair without an item is a match that misleads, equal matches are one. Raises Unusable."""
    items: dict[str, str] = {}
    matches: dict[str, str] = {}
    for item, match in pairs:
        key = matches.setdefault(" ".join(match.text.split()), f"m{len(matches) + 1}")
        draft.say(("matches", key), match)
        at = f"i{len(items) + 1}"
        if item.text.strip() and draft.say(("items", at), item):
            items[at] = key
    if len(items) < 2:
        raise Unusable("few_options")
    draft.type = "matching"
    draft.structure = {"items": list(items), "matches": list(matches.values())}
    draft.scoring = {"pairs": items}
