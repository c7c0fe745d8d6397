"""Packages: a module as one file, and what is refused."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.training import packages
from lms.training.checks import check_tree
from lms.training.packages import read_package, write_package
from lms.training.tree import ContentError, Tree, canonical_tree
from tests.content import make_tree
from tests.trees import trees


def package_of(entries: dict[str, bytes]) -> io.BytesIO:
    """A zip of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return file


def test_a_module_comes_back_and_its_package_is_always_the_same() -> None:
    tree = canonical_tree(make_tree(lessons=("origin", "premises")))
    first, second = io.BytesIO(), io.BytesIO()
    write_package(tree, first)
    assert read_package(first) == tree
    write_package(read_package(first), second)
    assert first.getvalue() == second.getvalue()


@given(trees(pools=True))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_package_carries_what_was_drawn_from_a_bank(tree: Tree) -> None:
    assert not check_tree(tree)
    file = io.BytesIO()
    write_package(tree, file)
    assert read_package(file) == canonical_tree(tree)


@pytest.mark.parametrize(
    "name",
    [
        "../escape.json",
        "/etc/passwd",
        "sample/../../module.json",
        "sample\\module.json",
        "C:/sample/module.json",
        "sample/lessons/origin/run.py",
        "sample/lessons/origin/de.md",
        "module.json",
        "sample/module.json\n",
    ],
)
def test_no_other_name_is_taken(name: str) -> None:
    with pytest.raises(ContentError, match="does not belong"):
        read_package(package_of({"sample/module.json": b"{}", name: b"x"}))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_BYTES", 100_000)
    with pytest.raises(ContentError, match="too large"):
        read_package(package_of({"sample/module.json": b"{}" + b" " * 200_000}))
    half = b"x" * 60_000
    with pytest.raises(ContentError, match="too large"):
        read_package(package_of({"sample/quizzes/a.json": half, "sample/quizzes/b.json": half}))


def test_a_size_that_lies_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_BYTES", 100_000)
    whole = package_of({"sample/module.json": b" " * 200_000}).getvalue()
    said = (200_000).to_bytes(4, "little")
    with pytest.raises(ContentError):
        read_package(io.BytesIO(whole.replace(said, (10).to_bytes(4, "little"))))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_FILES", 3)
    with pytest.raises(ContentError, match="too many"):
        read_package(package_of({f"sample/quizzes/q{n}.json": b"{}" for n in range(4)}))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + b"\x00" * 60])
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    with pytest.raises(ContentError, match="not a package"):
        read_package(io.BytesIO(content))


def test_a_package_holds_one_module() -> None:
    with pytest.raises(ContentError, match="one module"):
        read_package(package_of({"a/module.json": b"{}", "b/module.json": b"{}"}))
    with pytest.raises(ContentError, match="one module"):
        read_package(package_of({}))


WHOLE = io.BytesIO()
write_package(make_tree(), WHOLE)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE.getvalue()) - 1), st.integers(0, 255)), max_size=6), st.integers(0))
def test_a_damaged_package_gives_the_module_or_is_refused(damage: list[tuple[int, int]], cut: int) -> None:
    spoiled = bytearray(WHOLE.getvalue())
    for place, byte in damage:
        spoiled[place] = byte
    with contextlib.suppress(ContentError):
        tree = read_package(io.BytesIO(bytes(spoiled[: len(spoiled) - cut % 200])))
        assert tree == canonical_tree(make_tree())
