"""A draft says what the tree said that it was made from."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from lms.authoring.drafts.reading_trees import draft_of
from lms.authoring.drafts.states import State
from lms.authoring.drafts.writing_trees import tree_of_parts
from lms.authoring.hindrances import readiness_of
from lms.authoring.pairs import states_of
from lms.clock import now
from lms.formats import LANGUAGES
from lms.training.checks import check_tree
from lms.training.models import Draft, Module
from lms.training.tree import Tree, canonical_tree, read_tree
from tests.trees import trees

KIT = Path(__file__).resolve().parents[2] / "modules" / "networking_kit" / "content"


def drafted(tree: Tree) -> Draft:
    """A draft in no database."""
    module = Module(key=tree.key, titles=tree.manifest["title"])
    draft = draft_of(module, canonical_tree(tree), actor_id=None, now=now())
    for place, part in enumerate(draft.parts):
        part.public_id = f"part{place}"
        for number, item in enumerate(part.items):
            item.public_id = f"item{place}-{number}"
    return draft


@given(trees())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_from_tree_to_draft_and_back(tree: Tree) -> None:
    assert not check_tree(tree)
    draft = drafted(tree)
    assert tree_of_parts(draft, draft.parts, tree.languages) == canonical_tree(tree)


@given(trees())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_draft_begins_in_step(tree: Tree) -> None:
    draft = drafted(tree)
    for part in draft.parts:
        for item in part.items:
            states = states_of(item, draft.source_language)
            assert State.STALE not in states.values()
            required = item.key == "@title" or not item.key.startswith("@")
            if required:
                assert all(states[code] in (State.CURRENT, State.UNUSED) for code in tree.languages)


@pytest.mark.parametrize("key", ["what-networking-is", "forms-of-networks"])
def test_the_kit_goes_through_the_studio_unchanged(key: str) -> None:
    tree = read_tree(KIT / key)
    draft = drafted(tree)
    assert tree_of_parts(draft, draft.parts, LANGUAGES) == canonical_tree(tree)
    readiness = readiness_of(draft, draft.parts)
    assert readiness.complete == list(LANGUAGES)
    assert not readiness.hindrances
