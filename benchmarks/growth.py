"""What pages and files cost as the network grows: the same at any size, and a tenth of what peers spend.

A server for each size (`LMS_SIZES=1k,10k,100k,1m`), all asked in turn in one run: CPU time of the server process a
request, statements, bytes.
"""

import gzip
import http.client
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import tests.page
from benchmarks.growth_files import measure_files
from benchmarks.growth_numbers import judge_numbers
from benchmarks.measure import Subject, expect
from benchmarks.peers import MOODLE, kolibri_line
from benchmarks.ratios import floor_server, is_over
from benchmarks.sized import ACCOUNTS, Sized, serving_sizes, sizes_asked
from lms.db import db
from tests.browser.server import Server
from tests.page import PageClient
from tests.queries import counted_statements
from tests.roles_pages import account

USUAL = "1k,10k,100k"
ROUNDS, MOST_REQUESTS, AT_ONCE = 5, 20, 0.25
"""Rounds over all pages and sizes, and the requests of a page in each: as many as a quarter of a second lasts."""
GROWTH = 1.3
"""The report at the largest size against the smallest."""


@dataclass
class Measured:
    """A page at a size."""

    subject: Subject
    statements: int
    size: int
    packed: int

    def __str__(self) -> str:
        sizes = f"{self.size / 1000:6.1f} KB ({self.packed / 1000:.1f} sent)"
        return f"{self.statements:4} statements {self.subject.milliseconds:8.2f} ms {sizes}"


def getting(path: str, cookie: str) -> Callable[[http.client.HTTPConnection], None]:
    """What asks for a page."""
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}

    def send(connection: http.client.HTTPConnection) -> None:
        expect(connection, "GET", path, None, headers)

    return send


def paths_of(sized: Sized) -> dict[tuple[str, str], str]:
    """Account and name to each page that is measured: those of the roles, and the cuts of the report."""
    paths = {(page.account, page.name): page.path for page in sized.pages}
    module = first_module(sized)
    paths["admin", "report: a country"] = f"{sized.report}?country=IQ"
    paths["admin", "report: by a module"] = f"{sized.report}?sort=-{module}"
    paths["admin", "report: a language"] = f"{sized.report}?language=ar"
    return paths


def first_module(sized: Sized) -> str:
    """Public id of the first column."""
    from lms.organizations.models import Network
    from lms.reports.queries.modules import modules_of

    with sized.app().app_context():
        network = db.session.query(Network).one()
        return modules_of(network.id)[0].public_id


def measured(sized: Sized) -> dict[tuple[str, str], Measured]:
    """Each page with its statements and bytes; the time comes later."""
    tests.page.checked = False
    app, found = sized.app(), {}
    with app.app_context():
        clients = {name: PageClient(app).sign_in(account(name)) for name in ACCOUNTS}
        for (who, name), path in paths_of(sized).items():
            clients[who].get(path)
            with counted_statements() as seen:
                page = clients[who].get(path).data
            subject = Subject(name, sized.pid, sized.server.port, getting(path, sized.cookies[who]))
            found[who, name] = Measured(subject, len(seen), len(page), len(gzip.compress(page, 6)))
        db.engine.dispose()
    return found


def floor_page(server: Server) -> Subject:
    """The least that a page can be, beside all others."""
    assert server.process
    return Subject("floor page", server.process.pid, server.port, getting("/page", ""))


def time_all(subjects: Sequence[Subject]) -> None:
    """Time them in turn, round after round; what takes long is asked for less often."""
    requests = {}
    for subject in subjects:
        subject.round(1)
        subject.round(1)
        requests[id(subject)] = max(1, min(MOST_REQUESTS, int(AT_ONCE * 1000 / max(subject.spent[-1], 1))))
        subject.spent.clear()
    for _round in range(ROUNDS):
        for subject in subjects:
            subject.round(requests[id(subject)])


def print_pages(sizes: Sequence[Sized], found: Mapping[str, Mapping[tuple[str, str], Measured]]) -> int:
    """Print each page at each size; gives of how many the statements grow."""
    growing = 0
    for who, name in found[sizes[0].name]:
        for sized in sizes:
            print(f"{who:<8} {name:<20} {sized.name:>5} {found[sized.name][who, name]}", flush=True)
        asked = [found[sized.name][who, name].statements for sized in sizes]
        if asked[-1] > asked[0]:
            growing += 1
            print(
                f"{who:<8} {name:<20} asks {asked[0]} statements at the smallest size, {asked[-1]} at the largest  OVER"
            )
    return growing


def judge_report(sizes: Sequence[Sized], found: Mapping[str, Mapping[tuple[str, str], Measured]]) -> int:
    """The report against itself at another size, against bare SQL, and against a peer."""
    count, smallest, largest = 0, sizes[0], sizes[-1]
    for name in ("report", "report: by a module", "report: a language"):
        first, last = (found[sized.name]["admin", name].subject.milliseconds for sized in (smallest, largest))
        what = f"{name:<20} {largest.name} {last:8.2f} ms, {smallest.name} {first:8.2f} ms"
        count += is_over(what, last / first, GROWTH)
    count += [judge_numbers(sized) for sized in sizes][-1]
    for sized in sizes:
        if sized.name in MOODLE:
            ours, peer = found[sized.name]["admin", "report"].subject.milliseconds, MOODLE[sized.name].page * 1000
            what = f"report {sized.name} {ours:8.2f} ms, a tenth of Moodle's {peer:.0f} ms"
            count += is_over(what, ours / (peer / 10), 1.0)
    return count


def main() -> int:
    """Make, serve, measure, print; 1 where something is over its limit."""
    logging.disable(logging.INFO)
    with ExitStack() as stack:
        sizes = stack.enter_context(serving_sizes(sizes_asked(USUAL)))
        floor = floor_page(stack.enter_context(floor_server(Path(stack.enter_context(TemporaryDirectory())))))
        found = {sized.name: measured(sized) for sized in sizes}
        # A page at all sizes, one after the other.
        pages = zip(*(each.values() for each in found.values()), strict=True)
        time_all([floor, *(each.subject for together in pages for each in together)])
        print(f"floor page {floor.milliseconds:.2f} ms")
        over = print_pages(sizes, found)
        over += judge_report(sizes, found)
        over += measure_files(sizes)
        print(kolibri_line())
    return int(bool(over))
