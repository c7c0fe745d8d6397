"""What is found in a plugin's folder without being declared: translations, templates, static files, migrations."""

from pathlib import Path

from flask import Flask

from lms.i18n import load_catalogs
from lms.plugins.contract import Plugin, PluginError
from lms.static import serve_folder
from lms.upgrade import Branch


def take_conventions(app: Flask, plugin: Plugin) -> None:
    """Take what lies in the plugin's folder. Raises PluginError for a template that would stand in for another's."""
    load_catalogs(plugin.name, plugin.folder / "translations")
    for path in _foreign_templates(plugin):
        raise PluginError(plugin.name, f"its template {path} is not in templates/{plugin.name}/")
    addresses = app.extensions.setdefault("lms_plugin_static", {})
    if (plugin.folder / "static").is_dir():
        addresses[plugin.name] = serve_folder(app, plugin.folder / "static", f"x-{plugin.slug}-")
    branches = app.extensions.setdefault("lms_plugin_branches", [])
    if (plugin.folder / "migrations").is_dir():
        branches.append(branch_of(plugin))


def branch_of(plugin: Plugin) -> Branch:
    """The migrations of a plugin."""
    return Branch(plugin.name, plugin.folder / "migrations")


def _foreign_templates(plugin: Plugin) -> list[Path]:
    root = plugin.folder / "templates"
    return [
        path.relative_to(root)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] != plugin.name
    ]
