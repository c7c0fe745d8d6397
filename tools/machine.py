"""Make the machine ready for the tests: Chromium, PostgreSQL, Redis, HAProxy and Node with what checks credentials."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SYSTEM_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
VERIFIERS = Path(__file__).resolve().parents[1] / "tests" / "verifiers"


def chromium() -> str | None:
    """The browser of this machine, if it has one."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def has_postgres() -> bool:
    """Whether PostgreSQL's server programs are here; a wheel stands in where they are not."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def missing() -> list[str]:
    """Debian's packages that the tests need, or would rather have, and that are not here."""
    there = {
        "chromium": chromium(),
        "postgresql": has_postgres(),
        "nodejs": shutil.which("node"),
        "npm": shutil.which("npm"),
        "redis-server": shutil.which("redis-server"),
        "haproxy": shutil.which("haproxy", path=SYSTEM_PATH),
    }
    return [name for name, found in there.items() if not found]


def main() -> None:
    """Install what is missing, or say the one command that does."""
    wanted = missing()
    if set(wanted) - {"postgresql"}:
        _install(wanted)
    install_verifiers()


def _install(names: list[str]) -> None:
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(f"The tests need more than is here. Install it with: sudo {' '.join(command)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)


def install_verifiers() -> None:
    """The packages of the lock file, where they are not those already."""
    lock, stamp = VERIFIERS / "package-lock.json", VERIFIERS / "node_modules" / ".tashbik"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    subprocess.run(["npm", "ci", "--silent"], check=True, cwd=VERIFIERS)
    stamp.write_bytes(lock.read_bytes())


if __name__ == "__main__":
    main()
