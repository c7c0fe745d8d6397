"""The kinds of blocks that lessons are made of; plugins bring more."""

from lms.training.block_kinds.base import BlockKind, Segment, Source
from lms.training.block_kinds.boxes import Callout, Example, Exercise, Note
from lms.training.block_kinds.case import Case
from lms.training.block_kinds.lists import Checklist, ListBlock
from lms.training.block_kinds.media import AudioBlock, ImageBlock, VideoBlock
from lms.training.block_kinds.plain import Heading, Quote, Text
from lms.training.block_kinds.question import Question
from lms.training.block_kinds.registry import (
    all_kinds,
    block_template,
    find_kind,
    register_kinds,
    register_plugin_kinds,
)
from lms.training.block_kinds.table import Table
from lms.training.block_kinds.term import Term

__all__ = [
    "BlockKind",
    "Segment",
    "Source",
    "all_kinds",
    "block_template",
    "find_kind",
    "register_kinds",
    "register_plugin_kinds",
]

register_kinds(
    (
        Text(),
        Heading(),
        ListBlock(),
        Note(),
        Callout(),
        Quote(),
        ImageBlock(),
        AudioBlock(),
        VideoBlock(),
        Table(),
        Checklist(),
        Term(),
        Question(),
        Example(),
        Case(),
        Exercise(),
    )
)
