"""Counters: how many people, enrolments and completions, and what people gained, kept as changes by day.

Each row says by how much something changed on a day. What stands at a day (people, who of them began or completed a
module) is the sum of the changes up to it; what happened in some days (enrolments, completions) is the sum of the
changes in them. So a membership that begins or ends on a coming day, or on another day in another time zone, needs
no job at midnight.

Derived from facts in the transaction that stores them, and counted again by `lms check`. Ids only, without foreign
keys: a counter is no fact.
"""

from enum import StrEnum

from sqlalchemy import Column, Date, Integer, String, Table

from lms.db import Base


class Kind(StrEnum):
    """What is counted."""

    MEMBER = "member"
    """Stock: people, of no module."""
    BEGUN = "begun"
    """Stock: people who began or completed a module."""
    COMPLETED = "completed"
    """Stock: people who completed a module; in rows of their own those of one edition, of one language, of both."""
    COMPARED = "compared"
    """Stock: people who were asked before a module's lessons and after them."""
    BEFORE = "before"
    """Stock: the sum of what these got before, in thousandths of the mark."""
    AFTER = "after"
    """Stock: the sum of what they got after."""
    STARTS = "starts"
    """Flow: enrolments."""
    COMPLETIONS = "completions"
    """Flow: completions, by edition and language."""


class Wait(StrEnum):
    """Whose days are counted: the way from the invitation to the completion, and its parts."""

    WHOLE = "whole"
    """From the invitation (where there was none, from joining) to the completion."""
    JOINED = "joined"
    """From the invitation to joining."""
    BEGUN = "begun"
    """From joining to beginning the module."""
    COMPLETED = "completed"
    """From beginning the module to completing it."""


STOCK = frozenset({Kind.MEMBER, Kind.BEGUN, Kind.COMPLETED, Kind.COMPARED, Kind.BEFORE, Kind.AFTER})
#: Stands for any edition, any language, no module, no organization, no network.
ANY, ANY_LANGUAGE = 0, ""

#: The stock of an organization is the same in all its networks (network 0). The flow of an organization is a
#: network's: its days are the network's, and it counts while the organization is a member. Organization 0 is the whole
#: network, each person once.
COUNTER = Table(
    "counter",
    Base.metadata,
    Column("network_id", Integer, primary_key=True, autoincrement=False),
    Column("organization_id", Integer, primary_key=True, autoincrement=False),
    Column("module_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(11), primary_key=True),
    Column("edition_id", Integer, primary_key=True, autoincrement=False),
    Column("language", String(2), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("change", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: How many people of a network took so many days to complete a module, or for a part of the way (`waits.py`).
WAIT_COUNTER = Table(
    "wait_counter",
    Base.metadata,
    Column("network_id", Integer, primary_key=True, autoincrement=False),
    Column("module_id", Integer, primary_key=True, autoincrement=False),
    Column("wait", String(9), primary_key=True),
    Column("days", Integer, primary_key=True, autoincrement=False),
    Column("change", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: People who have belonged to more than one organization: sums over organizations count them more than once.
SHARED_PERSON = Table(
    "shared_person",
    Base.metadata,
    Column("person_id", Integer, primary_key=True, autoincrement=False),
)
