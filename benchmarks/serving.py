"""How many requests a second the product serves, by one process and by several, on SQLite and PostgreSQL, and what each
costs; beside it the floor, under the same server and database. Then memory, start and imports of a process.

The load is made on the same machine, by as many clients as there are `CLIENTS`, each asking again at once.
"""

import http.client
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.floor import DATABASE, floor_app, floor_engine
from benchmarks.measure import expect
from benchmarks.processes import cpu_of, imports, memory_of, tree_of
from benchmarks.sized import PLAIN, app_on, make, sign_in_all
from lms.db import db
from lms.quizzes.models import QuizVersion
from lms.training.models import Module, ModuleVersion
from tests.browser.server import Server
from tests.load.learner import Learner
from tests.load.people import signed_in
from tests.postgres import Postgres, free_port, postgres

SIZE = "1k"
CLIENTS, SECONDS, ROUNDS = 8, 2.0, 3
JSON = {"Content-Type": "application/json"}
ORDER = Random(7)

Act = Callable[[], None]


@dataclass
class Load:
    """Something that clients ask for: one act a client, each on a connection of its own."""

    name: str
    server: Server
    acts: Sequence[Act]
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    stores: list[float] = field(default_factory=list)

    def run(self, store: int | None) -> None:
        """Ask for some seconds; note requests a second, and CPU a request of the server and of the database's own."""
        assert self.server.process
        pids, stored = tree_of(self.server.process.pid), tree_of(store) if store else []
        spent, spent_there = cpu_of(pids), cpu_of(stored)
        began, done = time.monotonic(), self._ask_until(time.monotonic() + SECONDS)
        self.rates.append(done / (time.monotonic() - began))
        self.costs.append((cpu_of(pids) - spent) * 1000 / done)
        self.stores.append((cpu_of(stored) - spent_there) * 1000 / done)

    def _ask_until(self, end: float) -> int:
        counts = [0] * len(self.acts)
        errors: list[Exception] = []

        def ask(number: int) -> None:
            try:
                while time.monotonic() < end:
                    self.acts[number]()
                    counts[number] += 1
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(self.acts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]
        return sum(counts)

    @property
    def cost(self) -> float:
        """Milliseconds of CPU of the server a request."""
        return middle(self.costs)


def middle(values: Sequence[float]) -> float:
    """The one in the middle."""
    return sorted(values)[len(values) // 2]


def asking(server: Server, method: str, path: str, body: str | None = None, **headers: str) -> list[Act]:
    """The same request by each client."""

    def client() -> Act:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        sent = {"Accept-Encoding": "gzip", **headers}
        return lambda: void(expect(connection, method, path, body, sent))

    return [client() for _client in range(CLIENTS)]


def void(_answer: object) -> None:
    """What a request gives is not looked at."""


def saving(server: Server, tokens: Sequence[str], quiz: str) -> list[Act]:
    """Each client is a learner who saves an answer again and again."""

    def learner(token: str) -> Act:
        one = Learner(server.port, token, quiz)
        one.arrive()
        one.start()
        one.open()
        position = min(one.fields)
        return lambda: one.answer(position, one.choose(position, ORDER))

    return [learner(token) for token in tokens]


@dataclass(frozen=True)
class Way:
    """A way to serve: gunicorn with so many workers, or (0) `lms start`; on PostgreSQL, or on SQLite."""

    workers: int
    store: Postgres | None

    def __str__(self) -> str:
        kind = "postgresql" if self.store else "sqlite"
        return f"{kind}, {f'gunicorn {self.workers}' if self.workers else 'waitress'}"

    @property
    def store_pid(self) -> int | None:
        """Of PostgreSQL's first process."""
        if self.store is None:
            return None
        return int((Path(self.store.home) / "postmaster.pid").read_text().split()[0])

    def server(self, data: Path, plain: tuple[str, ...], app: str, **environment: str) -> Server:
        """A server of ours or of the floor, by its module or its factory."""
        port = free_port()
        served = ("gunicorn", "--workers", str(self.workers), "--bind", f"127.0.0.1:{port}", app)
        return Server(data, port, (), {**PLAIN, **environment}, served if self.workers else plain)


@contextmanager
def loads(way: Way, folder: Path) -> Iterator[list[Load]]:
    """What is measured, with its servers running."""
    environment = {"DATABASE_URL": f"{way.store.url}/postgres"} if way.store else {}
    data = folder / ("postgresql" if way.store else "sqlite")
    make(SIZE, data, environment)
    app = app_on(data, environment)
    pages, _largest, cookies = sign_in_all(app)
    with app.app_context():
        tokens, quiz = signed_in(CLIENTS), first_quiz()
        db.session.remove()
        db.engine.dispose()
    ours = way.server(data, ("lms", "start"), "lms:create_app()", **environment)
    bare = folder / "floor"
    bare.mkdir(exist_ok=True)
    url = f"{way.store.url}/postgres" if way.store else f"sqlite:///{bare / 'floor.sqlite3'}"
    # Here, once: workers that begin together would make its tables together.
    floor_app(floor_engine(url))
    floor = way.server(bare, ("benchmarks.floor",), "benchmarks.floor:served_app()", **{DATABASE: url})
    with ExitStack() as stack:
        for server in (ours, floor):
            stack.callback(server.kill)
        began = time.monotonic()
        ours.start()
        print(f"{way}: ready after {time.monotonic() - began:.1f} s", flush=True)
        floor.start()
        named = {page.name: page for page in pages}
        yield [
            Load("floor page", floor, asking(floor, "GET", "/page")),
            *(
                Load(name, ours, asking(ours, "GET", named[name].path, Cookie=cookies[named[name].account]))
                for name in ("home", "lesson", "report")
            ),
            Load("floor insert", floor, asking(floor, "PUT", "/save", "{}", **JSON)),
            Load("save an answer", ours, saving(ours, tokens, quiz)),
        ]


def first_quiz() -> str:
    """Public id of a quiz that anybody may take at once."""
    query = db.session.query(QuizVersion).join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
    query = query.join(Module, Module.id == ModuleVersion.module_id).filter(Module.key == "what-networking-is")
    query = query.filter(QuizVersion.before.is_(None))
    found: QuizVersion = query.one()
    return found.public_id


def measure(way: Way, folder: Path) -> None:
    """Ask for everything in turn, some rounds, and print."""
    with loads(way, folder) as measured:
        store = way.store_pid
        for _round in range(ROUNDS):
            for load in measured:
                load.run(store)
        floors = {load.name: load.cost for load in measured if load.name.startswith("floor")}
        for load in measured:
            floor = floors["floor insert" if load.name == "save an answer" else "floor page"]
            ratio = "" if load.name in floors else f", {load.cost / floor:.2f} of its floor"
            there = f" and {middle(load.stores):.2f} ms of PostgreSQL's" if store else ""
            rate = middle(load.rates)
            print(f"{way}: {load.name:<15} {rate:6.0f}/s {load.cost:6.2f} ms{there}{ratio}", flush=True)
        ours = next(load.server for load in measured if load.name == "home").process
        assert ours
        print(f"{way}: memory of the processes: {', '.join(memory_of(pid) for pid in tree_of(ours.pid))}", flush=True)


def main() -> int:
    """Measure every way; nothing here has a limit: what a second holds is the machine's."""
    logging.disable(logging.INFO)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {CLIENTS} clients on the same machine")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        store = stack.enter_context(postgres())
        for way in (Way(0, None), Way(1, None), Way(2, None), Way(1, store), Way(2, store)):
            measure(way, folder)
    imports()
    return 0
