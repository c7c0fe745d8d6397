"""Make the machine ready for the tests: Chromium and PostgreSQL, from Debian's packages where apt is there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The browser of this machine, if it has one."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def has_postgres() -> bool:
    """Whether PostgreSQL's server programs are here; a wheel stands in where they are not."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def main() -> None:
    """Install what is missing, or say the one command that does."""
    missing = [name for name, there in (("chromium", chromium()), ("postgresql", has_postgres())) if not there]
    if "chromium" not in missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)
        return
    sys.exit(f"The tests need Chromium. Install it with: sudo {' '.join(command)}")


if __name__ == "__main__":
    main()
