"""Media files of trees: carried as they are, named truly, telling nothing."""

import io
from contextlib import nullcontext
from pathlib import Path

import pytest

from lms.training.checks import check_tree
from lms.training.packages import read_package, write_package
from lms.training.tree import ContentError, Tree, read_tree, tree_hash, write_tree
from lms.training.tree_media import hash_of
from tests.content import LANGUAGES, make_lesson, make_tree
from tests.media import CAPTIONS, picture


def tree_with(folder: Path, **files: bytes) -> Path:
    """A module of one picture block, with these files in its media folder."""
    tree = make_tree()
    block = {"id": "photo", "kind": "image", "data": {"files": {"*": "photo.jpg"}}}
    part = make_lesson("origin", [block])
    part["texts"] = {code: {"photo": "What it shows"} for code in LANGUAGES}
    tree.lessons["origin"] = part
    write_tree(tree, folder / tree.key)
    for name, content in files.items():
        media = folder / tree.key / "media"
        media.mkdir(exist_ok=True)
        (media / name.replace("__", ".")).write_bytes(content)
    return folder / tree.key


def test_a_package_carries_its_files_byte_for_byte(tmp_path: Path) -> None:
    folder = tree_with(tmp_path, photo__jpg=picture())
    tree = read_tree(folder)
    assert check_tree(tree) == []
    assert tree.media == {"photo.jpg": hash_of(folder / "media" / "photo.jpg")}
    package, again = io.BytesIO(), io.BytesIO()
    files = {key: folder / "media" / name for name, key in tree.media.items()}
    write_package(tree, package, lambda key: nullcontext(files[key]))
    assert read_package(package) == tree
    write_package(read_package(package), again, lambda key: nullcontext(files[key]))
    assert again.getvalue() == package.getvalue()


def test_another_picture_is_other_content(tmp_path: Path) -> None:
    first = read_tree(tree_with(tmp_path / "a", photo__jpg=picture()))
    second = read_tree(tree_with(tmp_path / "b", photo__jpg=picture(80, 80)))
    assert tree_hash(first) != tree_hash(second)
    assert tree_hash(make_tree()) == tree_hash(Tree(make_tree().manifest, make_tree().lessons, make_tree().quizzes))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo__jpg", picture(place=True), "tells where"),
        ("photo__jpg", picture(form="PNG"), "not what its name says"),
        ("photo__jpg", b"<svg/>", "not what its name says"),
        ("photo__svg", b"<svg/>", "no name of a picture"),
        ("Photo__jpg", picture(), "no name of a picture"),
        ("photo__jpg", picture()[:300], "cannot be read"),
    ],
)
def test_a_file_that_should_not_be_there_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        read_tree(tree_with(tmp_path, **{name: content}))


def test_what_blocks_name_is_there_and_of_their_kind(tmp_path: Path) -> None:
    problems = check_tree(read_tree(tree_with(tmp_path / "none")))
    assert [str(problem) for problem in problems] == ["lessons/origin/lesson.json photo: the file photo.jpg is missing"]
    more = check_tree(read_tree(tree_with(tmp_path / "more", photo__jpg=picture(), words__vtt=CAPTIONS)))
    assert [str(problem) for problem in more] == ["media/words.vtt: no block shows this file"]
