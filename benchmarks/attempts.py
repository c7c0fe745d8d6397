"""An attempt of ten questions on one page, step by step, against the floor of the same server and database."""

import http.client
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

from benchmarks.floor_quiz import QUESTIONS
from benchmarks.measure import Subject, expect, interleaved
from benchmarks.ratios import Limit, floor_server, is_over, over
from tests.browser.server import Server
from tests.load.learner import Learner
from tests.load.world import World, build, serving

ROUNDS, REQUESTS = 9, 40
LEARNERS = ROUNDS * REQUESTS + REQUESTS // 4
LIMITS = (
    Limit("start", "floor start", 2.0),
    Limit("save an answer", "floor insert", 2.0),
    Limit("submit", "floor submit", 2.0),
)
MOODLE = 367.0
"""Milliseconds of CPU that Moodle spends on the same six requests; ours may cost a tenth."""
ORDER = Random(4)
JSON = {"Content-Type": "application/json"}

Send = Callable[[http.client.HTTPConnection], None]


def one_by_one(learners: list[Learner], act: Callable[[Learner], object]) -> Send:
    """A request that each learner makes once, the next one each time."""
    waiting = iter(learners)

    def send(connection: http.client.HTTPConnection) -> None:
        learner = next(waiting)
        learner.connection = connection
        act(learner)

    return send


def floor_subjects(server: Server) -> dict[str, Subject]:
    """The floor's routes; each of its attempts is started, then answered past the server, then submitted."""
    assert server.process
    started: list[str] = []

    def start(connection: http.client.HTTPConnection) -> None:
        started.append(expect(connection, "POST", "/start", status=303).headers["Location"])

    def submissions() -> Iterator[str]:
        while started:
            with sqlite3.connect(server.data / "floor.sqlite3") as database:
                database.execute("UPDATE floor_asked SET answer = 'b' WHERE answer IS NULL")
            yield from [started.pop(0) for _ in list(started)]

    attempts = submissions()

    def submit(connection: http.client.HTTPConnection) -> None:
        expect(connection, "POST", f"{next(attempts)}submit", status=303)

    sends: dict[str, Send] = {
        "floor page": lambda c: void(expect(c, "GET", "/page", None, {"Accept-Encoding": "gzip"})),
        "floor start": start,
        "floor insert": lambda c: void(expect(c, "PUT", "/save", "{}", JSON)),
        "floor submit": submit,
    }
    return {name: Subject(name, server.process.pid, server.port, send) for name, send in sends.items()}


def void(_answer: object) -> None:
    """What a request gives is not looked at."""


def our_subjects(world: World) -> dict[str, Subject]:
    """The steps of an attempt: the six requests, and saving one answer."""
    assert world.server.process
    process = world.server.process
    learners = world.learners(LEARNERS)
    first = learners[0]
    first.arrive()
    for learner in learners[1:]:
        # What protects the forms is not what is measured: one token serves all.
        learner.csrf, learner.cookies = first.csrf, {**first.cookies, **learner.cookies}
    steps: dict[str, Callable[[Learner], object]] = {
        "start": Learner.start,
        "page": Learner.open,
        "save the page": lambda learner: learner.save_page(ORDER),
        "page again": Learner.open,
        "save an answer": lambda learner: learner.answer(QUESTIONS, learner.choose(QUESTIONS, ORDER)),
        "submit": Learner.submit,
        "result": Learner.result,
    }
    return {
        name: Subject(name, process.pid, world.server.port, one_by_one(learners, act)) for name, act in steps.items()
    }


def main() -> int:
    """Measure, print, and tell (by exit code) whether everything is within its limits."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        floor = floor_subjects(stack.enter_context(floor_server(folder)))
        ours = our_subjects(stack.enter_context(serving(build(folder / "ours", questions=QUESTIONS))))
        # A floor beside each step, so that both were measured in the same moment.
        pairs = {"start": "floor start", "save an answer": "floor insert", "submit": "floor submit"}
        subjects = [floor["floor page"]]
        for name, subject in ours.items():
            subjects += [floor[pairs[name]]] if name in pairs else []
            subjects.append(subject)
        interleaved(subjects, rounds=ROUNDS, requests=REQUESTS)
    return report({subject.name: subject.milliseconds for subject in subjects})


def report(spent: dict[str, float]) -> int:
    """Print the ratios and the whole attempts; 1 where one is over its limit."""
    count = over(LIMITS, spent)
    ends = spent["start"] + spent["page"] + spent["submit"] + spent["result"]
    six = ends + spent["save the page"] + spent["page again"]
    ten = ends + QUESTIONS * spent["save an answer"]
    print("  ".join(f"{name} {milliseconds:.2f}" for name, milliseconds in spent.items()))
    count += is_over(f"six requests     {six:6.2f} ms  a tenth of Moodle's 367 ms", six / (MOODLE / 10), 1.0)
    print(f"six requests are {six / spent['floor page']:.1f} floor pages")
    print(f"with one save a question: {ten:.2f} ms, {ten / spent['floor page']:.1f} floor pages")
    return int(bool(count))
