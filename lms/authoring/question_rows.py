"""The form of a question, laid out with its languages side by side: what its type's fields say, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.quizzes.question_types import AuthorField


@dataclass
class Row:
    """One thing to be written, in all languages."""

    name: str
    label: str
    kind: str
    hint: str = ""
    sides: dict[str, AuthorField] = field(default_factory=dict)


@dataclass
class Group:
    """What belongs together: the question itself (no id), an option, a pair, a gap."""

    #: "<hidden field>.<id>".
    id: str
    label: str
    rows: list[Row] = field(default_factory=list)
    #: Fields that stand once for all languages.
    shared: list[AuthorField] = field(default_factory=list)
    #: Whether it has a place in an order of its own, and may be moved and taken out.
    moves: bool = False


@dataclass(frozen=True)
class Layout:
    """A question's form."""

    groups: list[Group]
    #: Fields of the whole question that stand once for all languages.
    shared: list[AuthorField]
    hidden: list[AuthorField]

    def words(self, option: str) -> dict[str, str]:
        """What an option says, by language."""
        ids = {f"{found.name}.{option}" for found in self.hidden if option in found.values}
        group = next((group for group in self.groups if group.id in ids), None)
        sides = group.rows[0].sides if option and group and group.rows else {}
        return {code: found.values[0] for code, found in sides.items() if found.values and found.values[0]}


def layout_of(fields: Sequence[AuthorField]) -> Layout:
    """Group fields by what they are about; one of a language is called `<name>.<language>`."""
    hidden = [found for found in fields if found.kind == "hidden"]
    ids = {value: f"{found.name}.{value}" for found in hidden for value in found.values}
    movable = {f"{found.name}.{value}" for found in hidden for value in found.values}
    groups: dict[str, Group] = {}
    shared = []
    for found in fields:
        if found.kind == "hidden":
            continue
        name = found.name.removesuffix(f".{found.language}") if found.language else found.name
        group_id = found.group or ids.get(name.partition(".")[2], "")
        if found.language is None and not group_id:
            shared.append(found)
            continue
        group = groups.setdefault(group_id, Group(group_id, found.heading, moves=group_id in movable))
        if found.language is None:
            group.shared.append(found)
        else:
            _row(group, name, found).sides[found.language] = found
    return Layout(_ordered(groups), shared, hidden)


def _row(group: Group, name: str, found: AuthorField) -> Row:
    row = next((row for row in group.rows if row.name == name), None)
    if row is None:
        row = Row(name, found.label, found.kind, found.hint)
        group.rows.append(row)
        group.label = group.label or found.label
    return row


def _ordered(groups: dict[str, Group]) -> list[Group]:
    """The question itself first."""
    return sorted(groups.values(), key=lambda group: bool(group.id))
