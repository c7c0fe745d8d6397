"""The pages of plugins: where they stand, and what their templates have."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Flask
from jinja2.runtime import Context
from jinja2.utils import pass_context
from markupsafe import Markup

from lms import i18n
from lms.navigation import Place, add_place
from lms.plugins.contract import Plugin


def take_blueprints(app: Flask, plugin: Plugin, blueprints: Sequence[Blueprint]) -> None:
    """Register a plugin's blueprints. Raises ValueError for one that is not named or placed as it should be."""
    for blueprint in blueprints:
        if blueprint.name != plugin.name and not blueprint.name.startswith(f"{plugin.name}_"):
            raise ValueError(f"its blueprint {blueprint.name} is not named {plugin.name} (or {plugin.name}_...)")
        if blueprint.template_folder is None and (plugin.folder / "templates").is_dir():
            blueprint.template_folder = str(plugin.folder / "templates")
        app.register_blueprint(blueprint)
        # Not the blueprint's own method: the same object may already serve another app.
        app.template_context_processors[blueprint.name].append(lambda: template_names(app, plugin))
        _check_addresses(app, plugin, blueprint.name)


def _check_addresses(app: Flask, plugin: Plugin, blueprint: str) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(f"{blueprint}.") and not f"{rule.rule}/".startswith(f"{plugin.address}/"):
            raise ValueError(f"its page {rule.rule} is not below {plugin.address}/")


def take_places(app: Flask, plugin: Plugin, places: Sequence[Place]) -> None:
    """Add a plugin's places to the navigation. Raises ValueError for one that leads elsewhere."""
    for place in places:
        view = app.view_functions.get(place.endpoint)
        if view is None or not place.endpoint.startswith(plugin.name):
            raise ValueError(f"its place in the navigation, {place.endpoint}, is no page of its own")
        add_place(app, place)


def template_names(app: Flask, plugin: Plugin) -> dict[str, Any]:
    """What templates of a plugin have beside what all have: gettext of its own domain, and its static files."""
    own: dict[str, Callable[[str], str]] = app.extensions["lms_plugin_static"]
    return {**_gettext_of(plugin.name), "plugin_static_url": own.get(plugin.name, _no_static)}


def _no_static(name: str) -> str:
    raise FileNotFoundError(f"the plugin has no static/{name}")


def _gettext_of(domain: str) -> dict[str, Any]:
    """The functions that {% trans %} calls, on a plugin's domain; what it does not translate, the core may."""

    # Positional-only: a template may name its own values as it likes, `num` among them.
    @pass_context
    def gettext(context: Context, text: str, /, **values: object) -> str:
        return _filled(context, i18n.catalog(domain).gettext(text), values)

    @pass_context
    def pgettext(context: Context, meaning: str, text: str, /, **values: object) -> str:
        return _filled(context, i18n.catalog(domain).pgettext(meaning, text), values)

    @pass_context
    def ngettext(context: Context, one: str, many: str, n: int, /, **values: object) -> str:
        return _filled(context, i18n.catalog(domain).ngettext(one, many, n), {"num": _number(n), **values})

    @pass_context
    def npgettext(context: Context, meaning: str, one: str, many: str, n: int, /, **values: object) -> str:
        return _filled(context, i18n.catalog(domain).npgettext(meaning, one, many, n), {"num": _number(n), **values})

    return {"gettext": gettext, "_": gettext, "pgettext": pgettext, "ngettext": ngettext, "npgettext": npgettext}


def _number(n: int) -> str:
    return i18n.reader().number(n)


def _filled(context: Context, text: str, values: dict[str, Any]) -> str:
    return (Markup(text) if context.eval_ctx.autoescape else text) % values  # noqa: S704 -- a catalog's text
