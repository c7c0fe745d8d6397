"""`make bench`: every benchmark, or those that are named: `python -m benchmarks pages attempts`."""

import sys
from importlib import import_module

ALL = (
    "pages",
    "attempts",
    "statistics",
    "burst",
    "kills",
    "cluster",
    "regrading",
    "clock",
    "recount",
    "details",
    "binding",
    "importing",
    "digest",
    "growth",
    "serving",
)


def main(names: list[str]) -> int:
    """Run them in turn; 1 where one missed a limit, 2 where there is none of that name."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}.", file=sys.stderr)
        return 2
    missed = 0
    for name in names or ALL:
        print(f"== {name}", flush=True)
        missed |= import_module(f"benchmarks.{name}").main()
    return missed


sys.exit(main(sys.argv[1:]))
