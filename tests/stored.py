"""Stored files as tests look at them."""

from pathlib import Path

from lms.storage import FileStorage, current_storage


def path_of(key: str) -> Path:
    """Where the folder of the app at work has the file of a key. Raises FileNotFoundError."""
    storage = current_storage()
    assert isinstance(storage, FileStorage)
    return storage.path(key)
