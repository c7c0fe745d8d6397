"""Pictures, recordings and captions: told by their content, cleaned of what they say about their maker, resized."""

from lms.media.facts import Facts, Variant
from lms.media.intake import MOST_BYTES, MediaError, examine, take
from lms.media.types import TYPES, extension_of, kind_of_name, sniff

__all__ = [
    "MOST_BYTES",
    "TYPES",
    "Facts",
    "MediaError",
    "Variant",
    "examine",
    "extension_of",
    "kind_of_name",
    "sniff",
    "take",
]
