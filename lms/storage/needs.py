"""Which stored files are needed: each feature that keeps keys says which."""

from collections.abc import Callable, Iterable

Keys = Callable[[], Iterable[str]]
"""Called in the app's context; gives the keys that a feature's rows name, however often."""

_keepers: dict[str, Keys] = {}


def needs_files(name: str) -> Callable[[Keys], Keys]:
    """Register the decorated function as what names the files of that feature: what nobody names is deleted one day."""

    def register(keys: Keys) -> Keys:
        _keepers[name] = keys
        return keys

    return register


def needed_keys() -> set[str]:
    """The keys of all files that rows name."""
    return {key for keys in _keepers.values() for key in keys()}
