"""Networks together: by form and by reach, and each alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, literal, select, union

from lms.organizations.models import Network, NetworkMembership
from lms.organizations.queries import in_force
from lms.reports.counters.models import ANY
from lms.reports.queries.columns import Columns
from lms.reports.queries.completion import Cell
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.places import Group, groups_of

#: What stands in front of a group's key: a form, a reach, a network's id, or all of them.
FORM, REACH, NETWORK, ALL = "form:", "reach:", "network:", "all"


@dataclass(frozen=True)
class Together:
    """Distinct people of some networks, and what they completed."""

    people: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class NetworksReport:
    """Networks, in the order in which they are shown, the modules that are the columns, and all numbers by key."""

    networks: Sequence[Network]
    modules: Sequence[ReportModule]
    numbers: Mapping[str, Together]

    def of(self, key: str) -> Together:
        """The numbers of a group; none where nobody is in it."""
        return self.numbers.get(key) or Together(0, tuple(Cell(0, 0) for _module in self.modules))

    @property
    def all(self) -> Together:
        """Everybody, once."""
        return self.of(ALL)


def networks_together(network_ids: Collection[int], modules: Sequence[ReportModule], day: date) -> dict[str, Together]:
    """Key ("form:union", "reach:national", "network:7", "all") to its numbers. Two statements."""
    columns = Columns(ANY, day, [module.id for module in modules])
    return {key: _together(group, columns) for key, group in groups_of(_places(network_ids, day), columns).items()}


def _places(network_ids: Collection[int], day: date) -> Select[Any]:
    """(key, organization), each once: an organization can be in several of the networks."""
    linked = NetworkMembership.organization_id

    def keyed(key: Any) -> Select[Any]:
        return (
            select(key.label("key"), linked)
            .join(Network, Network.id == NetworkMembership.network_id)
            .where(Network.id.in_(network_ids), in_force(NetworkMembership, day))
        )

    keys = (literal(FORM) + Network.form, literal(REACH) + Network.reach, literal(ALL))
    of_kinds = union(*(keyed(key) for key in keys), keyed(literal(NETWORK) + Network.public_id)).subquery()
    return select(of_kinds)


def _together(group: Group, columns: Columns) -> Together:
    cells = (Cell(group.completed.get(module, 0), group.people) for module in columns.module_ids)
    return Together(group.people, tuple(cells))
