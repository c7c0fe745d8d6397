"""What a plugin is: an object that says who it is, with methods for what it brings. All of them may be left out.

This module, `lms.events` and the events of the features, and `lms.plugins.testing` are the public interface; features'
services and queries may be called. Everything else may change without notice (docs/plugins.md).
"""

import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from lms.certification.evidence.evidence_types import EvidenceType
    from lms.certification.requirement_types import RequirementType
    from lms.navigation import Place
    from lms.quizzes.question_types import QuestionType
    from lms.training.block_kinds import BlockKind

CONTRACT = 1


class PluginError(Exception):
    """A plugin that cannot be enabled: the message names it and says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Plugin {name}: {reason}")
        self.name = name
        self.reason = reason


class Plugin:
    """Base of every plugin; `name` is small Latin letters, digits and underscores.

    It is also its entry point, gettext domain, the prefix of its tables (`<name>_`), the name of its blueprint, the
    folder of its templates and (underscores as hyphens) its address, `/<lang>/x/<name>/`.
    """

    name: str
    title: str
    contract: int = CONTRACT
    requires: tuple[str, ...] = ()

    @cached_property
    def package(self) -> str:
        """The dotted name of its package."""
        module = type(self).__module__
        return module if hasattr(sys.modules[module], "__path__") else module.rpartition(".")[0]

    @cached_property
    def folder(self) -> Path:
        """The folder of its package: content, templates, static, translations and migrations lie there."""
        return Path(str(sys.modules[self.package].__file__)).resolve().parent

    @property
    def slug(self) -> str:
        """Its name as it stands in addresses."""
        return self.name.replace("_", "-")

    @property
    def address(self) -> str:
        """What the addresses of its pages begin with: the `url_prefix` of its blueprint."""
        return f"/<lang>/x/{self.slug}"

    def question_types(self) -> "Sequence[QuestionType]":
        """Types of questions that quizzes may use; let their keys begin with `<name>_`."""
        return ()

    def block_kinds(self) -> "Sequence[BlockKind]":
        """Kinds of blocks that lessons may be made of; their keys begin with `<name>_`."""
        return ()

    def requirement_types(self) -> "Sequence[RequirementType]":
        """Types of requirements that levels may have; their keys begin with `<name>_`."""
        return ()

    def evidence_types(self) -> "Sequence[EvidenceType]":
        """Types of evidence that organizations may hand in; their keys begin with `<name>_`."""
        return ()

    def blueprints(self) -> "Sequence[Blueprint]":
        """Pages: one blueprint named `<name>`, at `self.address`."""
        return ()

    def navigation(self) -> "Sequence[Place]":
        """Places in everybody's navigation; their endpoints are the plugin's own."""
        return ()

    def commands(self) -> "Sequence[click.Command]":
        """Commands, run as `lms <name> <command>` in the app's context."""
        return ()

    def modules(self) -> Sequence[Path]:
        """Folders of training modules, each a canonical tree; those under `content/`."""
        return sorted(file.parent for file in self.folder.glob("content/*/module.json"))

    def glossaries(self) -> Sequence[Path]:
        """Files of terms for the studio; `content/glossary.json` where it exists."""
        return sorted(self.folder.glob("content/glossary.json"))

    def kits(self) -> Sequence[Path]:
        """Files of kits; `content/kit.json` where it exists."""
        return sorted(self.folder.glob("content/kit.json"))

    def instruments(self) -> Sequence[Path]:
        """Files of instruments for self-assessment; those in `content/instruments/`."""
        return sorted(self.folder.glob("content/instruments/*.json"))


#: The hooks in the order in which they are called, each for all plugins: content may use what another plugin brings.
HOOKS = (
    "question_types",
    "block_kinds",
    "requirement_types",
    "evidence_types",
    "blueprints",
    "navigation",
    "commands",
    "glossaries",
    "modules",
    "kits",
    "instruments",
)
