"""Judging rows: what each would do, without doing it. The same judge stands behind the preview and the deed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from lms.accounts.names import sign_in_key
from lms.imports.bulk.asked import Batch, Doubt, Named, Row
from lms.imports.bulk.cells import Terms, city_of, country_of, names_of, problems_of
from lms.imports.bulk.fates import Doubted, Fate, Judged, Refused
from lms.imports.bulk.rows import RowJudge
from lms.imports.bulk.world import Human, Place, World
from lms.imports.models import Import
from lms.text import fold_key

_OF_PLACES = ("organization", "organization_fa", "organization_ar", "organization_en", "city", "country")


class Judge:
    """Judges the rows of one sheet in their order; what a row will make is there for the rows below it."""

    def __init__(self, world: World, record: Import, terms: Terms) -> None:
        self.world, self.record, self.terms = world, record, terms
        self.kinds = frozenset(record.kinds)
        self.chosen: dict[Doubt, Human] = {}
        self._days: dict[date, datetime] = {}
        self._named: dict[tuple[str | None, ...], Named] = {}
        self.settled: dict[Named, Place] = {}
        """Organizations as rows name them, of which nothing more is to be said."""
        self.folded: dict[str, str] = {}
        """The folded names of the people of a batch."""

    def judge(self, rows: Iterable[Row], batch: Batch) -> list[Judged]:
        """The fates of a batch's rows; what they ask for is put into `batch`."""
        rows = list(rows)
        self.folded = {name: fold_key(name) for _line, given in rows if (name := given.get("person"))}
        sign_ins = {sign_in_key(given["sign_in"]) for _line, given in rows if "sign_in" in given}
        self.world.prepare(set(self.folded.values()), sign_ins)
        return [self._judged(line, given, batch) for line, given in rows]

    def _judged(self, line: int, given: Mapping[str, str], batch: Batch) -> Judged:
        row = RowJudge(self, given, batch)
        try:
            row.look()
        except Refused as refused:
            others = [said for said in problems_of(given, self.terms) if said != refused.said]
            return Judged(line, Fate.WRONG, [refused.said, *others])
        except Doubted as doubted:
            return Judged(line, Fate.DOUBTFUL, [], doubted.key, doubted.found)
        for deed in row.deeds:
            deed()
        fate = Fate.NEW if row.makes else Fate.CHANGED if row.deeds else Fate.KNOWN
        return Judged(line, fate, row.said)

    def named(self, given: Mapping[str, str]) -> Named:
        """An organization as a row names it; most rows name one that a row above has named. Raises Refused."""
        cells = tuple(map(given.get, _OF_PLACES))
        found = self._named.get(cells)
        if found is None:
            names = names_of(given, self.terms)
            keys = sorted({fold_key(name) for name in names.values()})
            found = Named(names, tuple(keys), "\n".join(keys), city_of(given, self.terms), country_of(given))
            self._named[cells] = found
        return found

    def moment_of(self, day: date) -> datetime:
        """Noon of a day where the network is."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = datetime.combine(day, time(12), self.terms.zone)
        return found
