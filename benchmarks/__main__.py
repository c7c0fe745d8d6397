"""`make bench`: every benchmark, with its ratios."""

import sys

from benchmarks import pages

sys.exit(pages.main())
