"""`make bench`: every benchmark, with its ratios."""

import sys

from benchmarks import pages, statistics

sys.exit(pages.main() | statistics.main())
