"""What the home page shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask, current_app
from markupsafe import Markup

from lms.db import text_of
from lms.i18n import language, reader
from lms.learning.addresses import address_of
from lms.learning.queries import Part, parts_of
from lms.progress.queries import kits_of
from lms.progress.states import KitState, ModuleState
from lms.training.models import PartKind


@dataclass(frozen=True)
class Home:
    """Her kits, and the one thing to do next."""

    kits: list[KitState]
    module: ModuleState | None
    part: Part | None
    #: Place of `part` in its module, from 1.
    number: int

    @property
    def address(self) -> str:
        """Where "continue" leads: the part, at the block that she had reached."""
        assert self.module is not None
        page = address_of(self.module, self.part)
        place, _hash, block = self.module.last_place.partition("#")
        here = self.part is not None and place == f"lesson/{self.part.item.key}" and block
        return f"{page}#{block}" if here else page


def next_module(kits: list[KitState]) -> ModuleState | None:
    """The module that she was last in, else the first that is open."""
    modules = [module for kit in kits for module in kit.modules]
    begun = [(module.last_at, module) for module in modules if module.state == "now" and module.last_at is not None]
    if begun:
        return max(begun, key=lambda pair: pair[0])[1]
    return next((module for module in modules if module.state == "open"), None)


def _next_part(module: ModuleState, parts: list[Part]) -> tuple[int, Part | None]:
    """Number and part: the lesson that she had open where it is not done, else the first that is not."""
    open_now = module.last_place.partition("#")[0].removeprefix("lesson/")
    waiting = [(number, part) for number, part in enumerate(parts, 1) if part.item.waits]
    at = [pair for pair in waiting if pair[1].item.kind is PartKind.LESSON and pair[1].item.key == open_now]
    return next(iter(at or waiting), (0, None))


def home_of(person_id: int) -> Home:
    """The home page of a person."""
    kits = kits_of(person_id)
    module = next_module(kits)
    number, part = _next_part(module, parts_of(module)) if module else (0, None)
    return Home(kits, module, part, number)


def names_before(modules: Iterable[ModuleState], module: ModuleState) -> str:
    """What is to be completed before `module`, as a list in words."""
    return reader().join([text_of(other.titles, language()) for other in modules if other.id in module.waits_for])


def add_home_panel(app: Flask, panel: Callable[[], Markup | str]) -> None:
    """Let a feature show something beside the kits: its function renders a panel, or nothing."""
    app.extensions.setdefault("lms_home_panels", []).append(panel)


def home_panels() -> list[Markup | str]:
    """The panels of the present person."""
    return [shown for panel in current_app.extensions.get("lms_home_panels", []) if (shown := panel())]
