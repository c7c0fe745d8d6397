"""The enabled plugins of an app, in the order in which they are set up."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app

from lms.plugins.contract import HOOKS, Plugin, PluginError
from lms.plugins.conventions import take_conventions
from lms.plugins.discovery import load
from lms.plugins.pages import take_blueprints, take_places
from lms.plugins.rules import check_identity

Consumer = Callable[[Plugin, Any], None]


def enabled_plugins(app: Flask | None = None) -> list[Plugin]:
    """The enabled plugins: those of the settings, each after what it requires."""
    found: list[Plugin] = (app or current_app).extensions["lms_plugins"]
    return found


def on_hook(app: Flask, hook: str, consumer: Consumer) -> None:
    """Have `consumer(plugin, items)` called with what each plugin's method `hook` gives, when plugins are set up.

    It raises ValueError for what it cannot take: that stops the start, naming the plugin.
    """
    assert hook in HOOKS
    app.extensions.setdefault("lms_hooks", {}).setdefault(hook, []).append(consumer)


def ordered(plugins: list[Plugin]) -> list[Plugin]:
    """Each plugin after those that it requires, else in the given order. Raises PluginError."""
    by_name = {plugin.name: plugin for plugin in plugins}
    done: dict[str, Plugin] = {}

    def place(plugin: Plugin, above: tuple[str, ...]) -> None:
        if plugin.name in above:
            raise PluginError(plugin.name, f"requires itself ({' requires '.join((*above, plugin.name))})")
        for name in plugin.requires:
            if name not in by_name:
                raise PluginError(plugin.name, f"requires {name}, which is not enabled")
            if name not in done:
                place(by_name[name], (*above, plugin.name))
        done.setdefault(plugin.name, plugin)

    for plugin in plugins:
        place(plugin, ())
    return list(done.values())


def set_up(app: Flask, names: tuple[str, ...]) -> None:
    """Load the plugins and hand what they bring to whoever consumes it. Raises PluginError."""
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise PluginError(twice[0], "it is enabled twice")
    plugins = ordered([load(name) for name in names])
    app.extensions["lms_plugins"] = plugins
    for plugin in plugins:
        check_identity(plugin)
        take_conventions(app, plugin)
    consumers: dict[str, list[Consumer]] = app.extensions.get("lms_hooks", {})
    own: dict[str, Consumer] = {
        "blueprints": lambda plugin, items: take_blueprints(app, plugin, items),
        "navigation": lambda plugin, items: take_places(app, plugin, items),
    }
    for hook in HOOKS:
        for plugin in plugins:
            _hand_over(plugin, hook, [*([own[hook]] if hook in own else []), *consumers.get(hook, [])])


def _hand_over(plugin: Plugin, hook: str, consumers: list[Consumer]) -> None:
    for consumer in consumers:
        try:
            consumer(plugin, getattr(plugin, hook)())
        except ValueError as error:
            raise PluginError(plugin.name, str(error)) from error
        except Exception as error:  # whatever a plugin's code raises, it is the plugin that is named
            raise PluginError(plugin.name, f"{hook}() failed: {type(error).__name__}: {error}") from error
