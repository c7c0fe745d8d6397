"""What is known of a stored file: all of it follows from its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Variant:
    """A picture in another size and format; `name` is what its address ends with (`480.webp`)."""

    name: str
    key: str
    content_type: str
    width: int
    size: int


@dataclass(frozen=True)
class Facts:
    """A file by its key: `kind` is image, audio, video or captions."""

    key: str
    kind: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None
    variants: tuple[Variant, ...] = ()

    def variant(self, name: str) -> Variant | None:
        """The variant of that name."""
        return next((variant for variant in self.variants if variant.name == name), None)


def read_variants(stored: list[Mapping[str, Any]]) -> tuple[Variant, ...]:
    """Variants as a row keeps them."""
    return tuple(Variant(**variant) for variant in stored)
