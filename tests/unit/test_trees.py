"""The canonical tree: read, written, hashed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.training.canonical import canonical, to_json
from lms.training.fences import FenceError, read_blocks, write_blocks
from lms.training.tree import ContentError, Tree, canonical_tree, read_tree, tree_hash, write_tree
from modules.networking_kit import module as kit
from tests.content import changed, make_tree

BODIES = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
    st.text(st.sampled_from(list("ab: \n\\ی‌\u0301\r\t#")), max_size=30),
    max_size=4,
)


@given(BODIES)
def test_blocks_come_back_as_they_were_written(blocks: dict[str, str]) -> None:
    once = read_blocks(write_blocks(blocks))
    assert list(once) == list(blocks)
    assert read_blocks(write_blocks(once)) == once
    assert write_blocks(once) == write_blocks(blocks)


def test_a_line_like_a_fence_stays_text() -> None:
    blocks = {"a": "first\n::: b\n\\::: c\n:::", "b": "second"}
    assert read_blocks(write_blocks(blocks)) == blocks


@pytest.mark.parametrize("text", ["before\n::: a\nx", "::: a\nx\n::: a\ny"])
def test_what_is_no_file_of_blocks_is_refused(text: str) -> None:
    with pytest.raises(FenceError):
        read_blocks(text)


def test_a_tree_comes_back_as_it_was_written(tmp_path: Path) -> None:
    tree = canonical_tree(make_tree(lessons=("origin", "premises")))
    write_tree(tree, tmp_path / "sample")
    assert read_tree(tmp_path / "sample") == tree


@pytest.mark.parametrize("folder", kit.modules(), ids=lambda path: path.name)
def test_the_kit_written_again_is_the_same_to_the_byte(folder: Path, tmp_path: Path) -> None:
    write_tree(read_tree(folder), tmp_path)
    assert _files(tmp_path) == _files(folder)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_hash_follows_the_content_not_the_writing() -> None:
    tree = make_tree()
    turned = Tree(dict(reversed(tree.manifest.items())), tree.lessons, tree.quizzes)
    assert tree_hash(turned) == tree_hash(tree)
    other = changed(tree)
    other.lessons["origin"]["texts"]["fa"]["opening"] += "!"
    assert tree_hash(other) != tree_hash(tree)


def test_json_has_one_form() -> None:
    assert to_json({"zebra": 1, "title": {"en": "e", "fa": "\u064a\u0654"}, "id": "x"}) == (
        '{\n  "id": "x",\n  "title": {\n    "fa": "\u0626",\n    "en": "e"\n  },\n  "zebra": 1\n}\n'
    )
    assert list(canonical({"b": 1, "a": 2, "feedback": 3, "prompt": 4})) == ["prompt", "feedback", "a", "b"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("module.json", b"{", "not JSON"),
        ("module.json", b"[]", "object"),
        ("module.json", b"[" * 100_000, "not JSON"),
        ("module.json", b"\xff", "not UTF-8"),
        ("quizzes/a.json", b"nothing", "not JSON"),
        ("lessons/origin/fa.md", b"no fence", "before the first block"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    write_tree(make_tree(), tmp_path / "sample")
    (tmp_path / "sample" / name).write_bytes(content)
    with pytest.raises(ContentError, match=reason) as caught:
        read_tree(tmp_path / "sample")
    assert caught.value.where.endswith(name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="missing"):
        read_tree(tmp_path)
