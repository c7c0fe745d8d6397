from dataclasses import dataclass
from threading import Thread

from lms.kept import Kept

MOST = 500


@dataclass(frozen=True)
class Key:
    """A key that counts how often it was compared."""

    number: int
    compared: list[int]

    def __eq__(self, other: object) -> bool:
        self.compared.append(self.number)
        return isinstance(other, Key) and other.number == self.number

    def __hash__(self) -> int:
        return hash(self.number)


def test_the_least_recently_used_is_forgotten_first() -> None:
    kept: Kept[str] = Kept(2)
    assert kept.keep("a", "A") == "A"
    kept.keep("b", "B")
    kept.get("a")
    kept.keep("c", "C")
    assert [kept.get(key) for key in "abc"] == ["A", None, "C"]


def test_finding_one_compares_no_more_keys_however_many_are_kept() -> None:
    compared: list[int] = []
    kept: Kept[int] = Kept(MOST)
    for number in range(MOST):
        kept.keep(Key(number, compared), number)
    compared.clear()
    assert kept.get(Key(MOST - 1, compared)) == MOST - 1
    assert len(compared) <= 2


def test_threads_share_one() -> None:
    kept: Kept[int] = Kept(10)
    wrong: list[object] = []

    def use(start: int) -> None:
        for number in range(start, start + 3000):
            kept.keep(number % 25, number % 25)
            found = kept.get((number * 7) % 25)
            if found not in (None, (number * 7) % 25):
                wrong.append(found)

    threads = [Thread(target=use, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert sum(kept.get(key) is not None for key in range(25)) == 10
