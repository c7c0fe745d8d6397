"""What somebody else has changed of a scheme since a draft began."""

from dataclasses import dataclass
from datetime import date

from lms.certification.models import Revision
from lms.certification.queries import Rules, makers_of, revisions_of
from lms.certification.scheme_differences import LevelDifference, differences, titles_for
from lms.organizations.models import Network


@dataclass(frozen=True)
class Meanwhile:
    """The newest revision, and what it says that the draft's did not."""

    starts_on: date
    maker: str
    note: str
    differences: list[LevelDifference]


def meanwhile(network: Network, base: int) -> Meanwhile | None:
    """What has changed since the revision with a number; None where there is no scheme."""
    revisions = revisions_of(network.id)
    alive = [each for each in revisions if each.cancelled_at is None]
    if not alive:
        return None
    newest = alive[-1]
    before = next((each for each in revisions if each.number == base), alive[0])
    titles = titles_for((before, newest), Rules(newest.scheme_id, tuple(revisions)))
    return Meanwhile(newest.starts_on, _maker(newest), newest.note, differences(before, newest, titles))


def _maker(revision: Revision) -> str:
    return makers_of([revision]).get(revision.made_by_id or 0, "")
