"""What a plugin must keep to, so that it can be removed, and none harms another."""

import importlib
import re

from lms.db import Base
from lms.plugins.contract import CONTRACT, Plugin, PluginError

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def check_identity(plugin: Plugin) -> None:
    """Name, contract and tables. Raises PluginError."""
    if plugin.contract != CONTRACT:
        raise PluginError(plugin.name, f"it was made for contract {plugin.contract}; this program knows {CONTRACT}")
    if not NAME.fullmatch(plugin.name):
        raise PluginError(plugin.name, "its name is not small Latin letters, digits and underscores")
    _load_models(plugin)
    prefix = f"{plugin.name}_"
    for mapper in Base.registry.mappers:
        table = str(mapper.local_table)
        own = is_of_package(mapper.class_.__module__, plugin.package)
        if own and not table.startswith(prefix):
            raise PluginError(plugin.name, f"its table {table} does not begin with {prefix}")
        if not own and table.startswith(prefix):
            raise PluginError(plugin.name, f"{prefix} is what the table {table} of another begins with")


def is_of_package(module: str, package: str) -> bool:
    """Whether a Python module belongs to a package."""
    return module == package or module.startswith(f"{package}.")


def _load_models(plugin: Plugin) -> None:
    if (plugin.folder / "models.py").exists() or (plugin.folder / "models").is_dir():
        try:
            importlib.import_module(f"{plugin.package}.models")
        except Exception as error:  # whatever a plugin's code raises, it is the plugin that is named
            raise PluginError(plugin.name, f"its models cannot be loaded: {error}") from error
