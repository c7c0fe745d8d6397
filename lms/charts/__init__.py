"""Charts drawn on the server as SVG: no script, and a table beside each that says the same."""

from lms.charts.plots import Reach, funnel, lines, pairs, reaches
from lms.charts.radar import Series, radar

__all__ = ["Reach", "Series", "funnel", "lines", "pairs", "radar", "reaches"]
