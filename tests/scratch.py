"""Where tests write: in memory where the machine has room there; thousands of small commits would wait for a disk."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3


def use_memory() -> None:
    """Make temporary files of this process in memory; nothing changes where that is small or not to be had."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH:
        tempfile.tempdir = str(MEMORY)
