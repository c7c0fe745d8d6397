"""Organizations of a sized demonstration on their ways to a certificate, by the service that follows the facts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lms.batches import batched
from lms.certification.services import follow
from lms.db import write_unit
from lms.demo.sizes.progress import Progress
from lms.demo.sizes.rows import Place
from lms.demo.sizes.shape import Size
from lms.organizations.models import Network

#: How many were followed at some earlier time, so that certificates are of different ages; and from how long after
#: their coming to how long ago.
EARLIER, AFTER, AGO = 0.6, timedelta(days=60), timedelta(days=20)
AT_ONCE = 20
"""Organizations that are followed in one transaction."""


def follow_earlier(size: Size, network: Network, places: Sequence[Place], until: datetime, progress: Progress) -> None:
    """Begin ways and award levels as they would have been on some day of the past, for a share of the organizations."""
    chance = size.chance("following")
    chosen = []
    for place in places:
        first, last = place.since + AFTER, until - AGO
        drawn, share = chance.random(), chance.random()
        if drawn < EARLIER and first < last:
            chosen.append((place, first + (last - first) * share))
    _follow(chosen, network, "Earlier certificates", progress)


def follow_now(network: Network, places: Sequence[Place], now: datetime, progress: Progress) -> None:
    """Bring every organization to where the facts of today have it."""
    _follow([(place, now) for place in places], network, "Certificates", progress)


def _follow(chosen: Sequence[tuple[Place, datetime]], network: Network, label: str, progress: Progress) -> None:
    with progress(label, len(chosen)) as done:
        for some in batched(chosen, AT_ONCE):
            with write_unit():
                for place, at in some:
                    follow(place.id, network.id, at)
            done(len(some))
