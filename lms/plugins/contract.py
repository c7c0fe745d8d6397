"""What a plugin is: an object that says who it is, with methods for what it brings. All of them may be left out.

This module, `lms.events` and the events of the features, and `lms.plugins.testing` are the public interface; features'
services and queries may be called. Everything else may change without notice (docs/plugins.md).
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CONTRACT = 1


class PluginError(Exception):
    """A plugin that cannot be enabled: the message names it and says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Plugin {name}: {reason}")
        self.name = name
        self.reason = reason


class Plugin:
    """Base of every plugin.

    `name` is also its entry point, folder, gettext domain, the prefix of its tables (`<name>_`), the name of its
    blueprint, and its address (`/<lang>/x/<name>/`); letters, digits and underscores.
    """

    name: str
    title: str
    contract: int = CONTRACT
    requires: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder of its package: content, templates, static, translations and migrations lie there."""
        return Path(str(sys.modules[type(self).__module__].__file__)).resolve().parent

    def modules(self) -> Sequence[Path]:
        """Folders of training modules, each a canonical tree; those under `content/`."""
        return sorted(file.parent for file in self.folder.glob("content/*/module.json"))

    def kits(self) -> Sequence[Path]:
        """Files of kits; `content/kit.json` where it exists."""
        return sorted(self.folder.glob("content/kit.json"))

    def question_types(self) -> Sequence[Any]:
        """Instances of `lms.quizzes.question_types.QuestionType`."""
        return ()

    def requirement_types(self) -> Sequence[Any]:
        """Instances of `lms.certification.requirement_types.RequirementType`; keys begin with the plugin's name."""
        return ()
