"""Who works with the data folder: servers and workers together, or one command alone.

A lock of the operating system on a file in the folder: it ends with the process, however that ends.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from lms.settings import make_data_folder

LOCK = "in-use.lock"
PLACES = 64


class DataHeld(click.ClickException):
    """Another process works with the data."""


@contextmanager
def holding(data: Path) -> Iterator[None]:
    """Work with the data folder beside other servers and workers. Raises DataHeld while a command has it alone."""
    with _locked(data, alone=False, busy=f"A restore or an upgrade is under way in {data}. Try again when it is done."):
        yield


@contextmanager
def holding_alone(data: Path) -> Iterator[None]:
    """Have the data folder alone. Raises DataHeld while a server, a worker or another command works with it."""
    with _locked(data, alone=True, busy=f"A server or a worker uses {data}. Stop it and try again."):
        yield


@contextmanager
def _locked(data: Path, *, alone: bool, busy: str) -> Iterator[None]:
    make_data_folder(data)
    handle = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(handle, alone=alone):
            raise DataHeld(busy)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, *, alone: bool) -> bool:
        # Windows' simple locks cannot be shared: each holder locks one byte, and who wants to be alone all of them.
        ranges = [(0, PLACES)] if alone else [(place, 1) for place in range(PLACES)]
        return any(_lock_range(handle, start, length) for start, length in ranges)

    def _lock_range(handle: int, start: int, length: int) -> bool:
        os.lseek(handle, start, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, length)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(handle: int, *, alone: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
