"""Marks by certainty: A. R. Gardner-Medwin's certainty-based marking, as a share of the mark.

His marks are 1, 2, 3 for a right answer and 0, -2, -6 for a wrong one at certainty 1, 2, 3; here they are divided by
the 3 that the best answer gets. It pays best to say what one believes: 2 from a chance of two thirds, 3 from 4 fifths.
See Gardner-Medwin, "Confidence assessment in the teaching of basic science", ALT-J 3 (1995), and "Certainty-based
marking: towards deeper learning and better exams" (2006).
"""

LEVELS = (1, 2, 3)
RIGHT = {1: 1 / 3, 2: 2 / 3, 3: 1.0}
WRONG = {1: 0.0, 2: -2 / 3, 3: -2.0}


def certain_share(fraction: float, certainty: int | None) -> float:
    """What an answer worth `fraction` of its mark (0 to 1) is worth at a certainty; none said counts as 1."""
    level = certainty or LEVELS[0]
    return RIGHT[level] * fraction + WRONG[level] * (1 - fraction)
