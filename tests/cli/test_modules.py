"""`lms modules`: content carried from one installation to another."""

from pathlib import Path

import pytest

from lms.training.packages import write_package
from lms.training.tree import Tree, write_tree
from tests.cli.processes import Installation
from tests.content import changed, make_tree

pytestmark = pytest.mark.once


def package(tree: Tree, file: Path) -> str:
    """Write a tree as a package; gives the file's name."""
    with file.open("wb") as target:
        write_package(tree, target)
    return str(file)


def test_exported_and_imported_as_the_sites_own(upgraded: Installation, tmp_path: Path) -> None:
    file = str(tmp_path / "forms.zip")
    assert "version 1" in upgraded.lms("modules", "export", "networking_kit/forms-of-networks", file)
    assert upgraded.lms("modules", "import", file) == "forms-of-networks: version 1 (edition)\n"
    listed = upgraded.process("modules", "list")
    for owner in ("networking_kit", "site"):
        assert f"{owner}/forms-of-networks  version 1 (fa, ar, en)  Forms of networks" in listed
    assert "here already" in upgraded.lms("modules", "import", file, status=1)
    assert upgraded.lms("modules", "import", "--update", file) == "forms-of-networks: already there\n"
    assert "names 2 modules" in upgraded.lms("modules", "export", "forms-of-networks", file, status=1)


def test_a_changed_module_is_a_correction_or_an_edition(upgraded: Installation, tmp_path: Path) -> None:
    tree = changed(make_tree())
    file = tmp_path / "sample.zip"
    assert "version 1 (edition)" in upgraded.lms("modules", "import", package(tree, file))
    tree.lessons["origin"]["texts"]["en"]["opening"] = "Another text"
    assert "version 2 (correction)" in upgraded.lms("modules", "import", "--update", package(tree, file))
    tree.quizzes["final"]["pass_mark"] = 50
    assert "version 3 (edition)" in upgraded.lms("modules", "import", "--update", package(tree, file))


def test_what_is_wrong_is_said(installation: Installation, tmp_path: Path) -> None:
    tree = changed(make_tree())
    del tree.lessons["origin"]["texts"]["ar"]["opening"]
    write_tree(tree, tmp_path / "sample")
    said = installation.lms("modules", "check", str(tmp_path / "sample"), status=1)
    assert "lessons/origin/ar.md opening: the block is missing" in said
    (tmp_path / "no.zip").write_bytes(b"no zip")
    assert "this is not a package" in installation.lms("modules", "check", str(tmp_path / "no.zip"), status=1)
