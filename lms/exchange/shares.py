"""Shares of a mark as Moodle takes them: it knows a list of fractions and no others."""

from lms.exchange.outgoing import CannotWrite, Outgoing

_KNOWN = (
    *(100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0, 25.0, 20.0, 16.66667),
    *(14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0),
)


def percent(out: Outgoing, share: float) -> str:
    """A share from -1 to 1 as the nearest percentage that Moodle knows; says so where that is another."""
    wanted = abs(share) * 100
    known = min(_KNOWN, key=lambda each: abs(each - wanted))
    if abs(known - wanted) > 0.01:
        out.note("shares_changed")
    return f"{'-' if share < 0 and known else ''}{known:g}"


def option_shares(out: Outgoing) -> dict[str, float]:
    """What each option of a multiple choice gives or takes. Raises CannotWrite for more right ones than ten."""
    right, scoring = list(out.scoring["correct"]), out.scoring
    if len(right) > 10:
        raise CannotWrite("format_cannot")
    each = 1 / len(right)
    if not scoring.get("partial") and len(right) > 1:
        out.note("partial_added")
    penalty = float(scoring.get("penalty", each)) if scoring.get("partial") else 1.0
    return {option: each if option in right else -penalty for option in out.structure["options"]}
