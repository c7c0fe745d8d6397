"""What other systems spend on the same, as measured once on a machine of two cores; printed beside ours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """Seconds of CPU: a page of the completion report, 25 rows shown, and the whole as CSV."""

    page: float
    csv: float


#: By the number of learners.
MOODLE = {"1k": Peer(0.13, 1.6), "10k": Peer(0.24, 14.4)}
#: Megabytes that its report sends to the browser.
KOLIBRI = {"1k": 2.3, "10k": 23}


def kolibri_line() -> str:
    """What Kolibri sends, in words."""
    return "Kolibri sends to the browser: " + ", ".join(f"{size} MB at {name}" for name, size in KOLIBRI.items())
