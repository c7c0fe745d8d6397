"""Charts drawn on the server as SVG: no script, and a table beside each that says the same."""

from lms.charts.plots import funnel, lines, pairs
from lms.charts.radar import Series, radar

__all__ = ["Series", "funnel", "lines", "pairs", "radar"]
