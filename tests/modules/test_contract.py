"""Whatever breaks the contract stops the start, and is named."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from lms import create_app
from lms.certification.evidence import evidence_types as known
from lms.certification.evidence.evidence_types import evidence_type
from lms.plugins.contract import HOOKS, Plugin, PluginError
from lms.plugins.registry import enabled_plugins
from lms.plugins.scaffolding import scaffold
from lms.settings import Settings
from lms.training.tree import write_tree
from tests.content import changed, make_tree
from tests.modules.bringing import Bringer
from tests.structure.sources import ROOT

PAGE = """
def blueprints(self):
    page = Blueprint("{name}", __name__, url_prefix="{prefix}")
    page.get("/")(public(lambda: "hello"))
    return [page]
"""


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bringer]:
    """A maker of plugins."""
    bringer = Bringer(tmp_path / "brought", monkeypatch)
    yield bringer
    bringer.forget()


def start(settings: Settings, *plugins: str) -> Flask:
    """The app with these plugins enabled."""
    return create_app(replace(settings, plugins=plugins))


def refusal(settings: Settings, *plugins: str) -> str:
    """Why the app does not start with these plugins."""
    with pytest.raises(PluginError) as caught:
        start(settings, *plugins)
    return str(caught.value)


def test_the_in_tree_kit_is_enabled_as_any_other(settings: Settings) -> None:
    app = start(settings, "networking_kit")
    assert [plugin.name for plugin in enabled_plugins(app)] == ["networking_kit"]


def test_a_plugin_is_set_up_after_what_it_requires(settings: Settings, bring: Bringer) -> None:
    bring("brought_a", 'requires = ("brought_b",)')
    bring("brought_b")
    app = start(settings, "brought_a", "brought_b")
    assert [plugin.name for plugin in enabled_plugins(app)] == ["brought_b", "brought_a"]


def test_installed_is_not_enabled(settings: Settings, bring: Bringer) -> None:
    bring("brought_a", 'contract = "nonsense"')
    assert enabled_plugins(start(settings)) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("contract = 2", "it was made for contract 2; this program knows 1"),
        ('requires = ("brought_b",)', "requires brought_b, which is not enabled"),
        ('requires = ("brought_a",)', "requires itself (brought_a requires brought_a)"),
        (PAGE.format(name="pages", prefix="/<lang>/x/brought-a"), "its blueprint pages is not named brought_a"),
        (
            PAGE.format(name="brought_a", prefix="/<lang>/news"),
            "its page /<lang>/news/ is not below",
        ),
        (PAGE.format(name="brought_a", prefix="/<lang>/x/brought-abc"), "is not below /<lang>/x/brought-a/"),
        (
            "def navigation(self):\n"
            "    from lms.navigation import Place\n"
            "    return [Place('learning.home', 'Home', 'home', 'Learning')]",
            "its place in the navigation, learning.home, is no page of its own",
        ),
        (
            "def question_types(self):\n"
            "    from lms.quizzes.question_types import Numeric\n"
            "    return [type('Other', (Numeric,), {'key': 'numeric'})()]",
            "two question types are named 'numeric'",
        ),
        (
            "def requirement_types(self):\n"
            "    from lms.certification.requirement_types import requirement_types\n"
            "    return requirement_types()[:1]",
            "must be called brought_a_",
        ),
        (
            "def evidence_types(self):\n"
            "    from lms.certification.evidence.evidence_types import evidence_types\n"
            "    return evidence_types()[:1]",
            "the evidence type 'signed_agreement' must be called brought_a_",
        ),
        ("def modules(self):\n    return [Path('/nowhere')]", "the file is missing"),
        ("def blueprints(self):\n    return 1 / 0", "blueprints() failed: ZeroDivisionError"),
    ],
)
def test_a_violation_stops_the_start(settings: Settings, bring: Bringer, body: str, reason: str) -> None:
    bring("brought_a", body)
    said = refusal(settings, "brought_a")
    assert said.startswith("Plugin brought_a: ")
    assert reason in said


def test_a_plugin_brings_evidence_types(settings: Settings, bring: Bringer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_types", dict(known._types))
    bring(
        "brought_a",
        "def evidence_types(self):\n"
        "    from lms.certification.evidence.evidence_types import evidence_type\n"
        "    document = type(evidence_type('document'))\n"
        "    return [type('Diary', (document,), {'key': 'brought_a_diary', 'label': 'Diary'})()]",
    )
    start(settings, "brought_a")
    assert evidence_type("brought_a_diary").label == "Diary"


def test_a_circle_of_requirements_is_named(settings: Settings, bring: Bringer) -> None:
    bring("brought_a", 'requires = ("brought_b",)')
    bring("brought_b", 'requires = ("brought_a",)')
    assert "brought_a requires brought_b requires brought_a" in refusal(settings, "brought_a", "brought_b")


def test_what_is_no_plugin_is_refused(settings: Settings, bring: Bringer) -> None:
    assert refusal(settings, "brought_x").startswith("Plugin brought_x: it is not installed")
    bring("brought_c", source="module = object()\n")
    assert "is not an lms.plugins.contract.Plugin" in refusal(settings, "brought_c")
    bring("brought_d", source="import nothing_of_the_kind\n")
    assert "cannot be loaded" in refusal(settings, "brought_d")
    bring("brought_e", value="{name}:other")
    assert "cannot be loaded" in refusal(settings, "brought_e")
    bring("brought_f")
    bring.declare("brought_g", "brought_f:module")
    assert "calls itself brought_f" in refusal(settings, "brought_g")
    assert "it is enabled twice" in refusal(settings, "brought_f", "brought_f")


def test_a_template_cannot_stand_in_for_another(settings: Settings, bring: Bringer) -> None:
    package = bring("brought_a")
    (package / "templates" / "learning").mkdir(parents=True)
    (package / "templates" / "learning" / "home.html").write_text("mine now")
    assert "its template learning/home.html is not in templates/brought_a/" in refusal(settings, "brought_a")


def test_content_that_fails_a_check_stops_the_start(settings: Settings, bring: Bringer) -> None:
    package = bring("brought_a")
    tree = changed(make_tree("first-steps"))
    tree.lessons["origin"]["texts"]["ar"]["other"] = tree.lessons["origin"]["texts"]["ar"].pop("opening")
    tree.lessons["origin"]["texts"]["ar"]["h-first"] = ""
    write_tree(tree, package / "content" / "first-steps")
    said = refusal(settings, "brought_a")
    assert "first-steps/lessons/origin/ar.md opening: the block is missing" in said
    assert "first-steps/lessons/origin/ar.md other: the block is not in lesson.json" in said


def test_a_kit_that_names_a_module_that_is_not_there_stops_the_start(settings: Settings, bring: Bringer) -> None:
    package = bring("brought_a")
    write_tree(make_tree("first-steps"), package / "content" / "first-steps")
    kit = {"format_version": 1, "id": "k", "title": {"en": "K"}, "modules": [{"id": "second-steps", "after": []}]}
    (package / "content" / "kit.json").write_text(json.dumps(kit))
    assert "kit.json: second-steps is named and does not exist" in refusal(settings, "brought_a")


def test_a_page_has_its_own_static_files(settings: Settings, bring: Bringer) -> None:
    package = bring("brought_a", PAGE.format(name="brought_a", prefix="/<lang>/x/brought-a"))
    (package / "static").mkdir()
    (package / "static" / "a.txt").write_text("mine")
    app = start(settings, "brought_a")
    address = app.extensions["lms_plugin_static"]["brought_a"]("a.txt")
    assert address.startswith("/static/x-brought-a-")
    with app.test_client().get(address) as response:
        assert response.get_data() == b"mine"


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_gives_nothing_by_default_and_is_documented(hook: str) -> None:
    class Bare(Plugin):
        name = "bare"
        title = "Bare"

    assert list(getattr(Bare(), hook)()) == []
    assert f"`{hook}()`" in (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", "Fund", "fund-raising", "1st", "fund__raising", "_fund"])
def test_a_new_plugin_has_a_name_that_can_be_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="small Latin letters"):
        scaffold(name, "Title", tmp_path)


def test_a_title_cannot_break_the_files_of_a_new_plugin(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="title"):
        scaffold("fund", 'a"\nimport os', tmp_path)
