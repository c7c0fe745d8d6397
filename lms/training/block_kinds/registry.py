"""The kinds of blocks that there are. The core registers its own exactly as a plugin's are registered."""

from collections.abc import Iterable

from lms.training.block_kinds.base import BlockKind

_kinds: dict[str, BlockKind] = {}


def register_kinds(kinds: Iterable[BlockKind]) -> None:
    """Make kinds known. Raises ValueError where two of different classes share a key."""
    for found in kinds:
        known = _kinds.setdefault(found.key, found)
        if type(known) is not type(found):
            raise ValueError(f"two kinds of blocks are named {found.key!r}")


def register_plugin_kinds(plugin: str, kinds: Iterable[BlockKind]) -> None:
    """The same for a plugin's. Raises ValueError for a key that does not begin with the plugin's name."""
    found = list(kinds)
    for kind in found:
        if not kind.key.startswith(f"{plugin}_"):
            raise ValueError(f"the block kind {kind.key!r} does not begin with {plugin}_")
    register_kinds(found)


def all_kinds() -> list[BlockKind]:
    """Every kind, in the order of registration."""
    return list(_kinds.values())


def find_kind(key: str) -> BlockKind | None:
    """The kind of that key, or None."""
    return _kinds.get(key)


def block_template(key: str) -> str:
    """The template of a kind; of one whose plugin is gone, that of running text."""
    kind = _kinds.get(key) or _kinds["text"]
    return kind.template
