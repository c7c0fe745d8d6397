"""What the counters are asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select

from lms.reports.counters.models import ANY

#: Organizations: their ids, or a query of these; None for the whole network.
Organizations = Collection[int] | Select[int] | None


@dataclass(frozen=True)
class Columns:
    """What is counted: modules, one edition of theirs or any, on a day of the network."""

    network_id: int
    day: date
    module_ids: Sequence[int]
    edition_id: int = ANY

    def values(self) -> dict[str, Any]:
        """What a statement on the counters is asked with."""
        return {
            "network": self.network_id,
            "day": self.day,
            "modules": self.module_ids,
            "edition": self.edition_id,
        }
