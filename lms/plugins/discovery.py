"""Which plugins are installed: entry points of the group `lms.modules`."""

from configparser import ConfigParser
from importlib.metadata import EntryPoint, entry_points

from lms.paths import PACKAGE
from lms.plugins.contract import Plugin, PluginError

GROUP = "lms.modules"


def installed() -> dict[str, EntryPoint]:
    """Name to entry point of every installed plugin."""
    return {**_of_checkout(), **{point.name: point for point in entry_points(group=GROUP)}}


def _of_checkout() -> dict[str, EntryPoint]:
    """The entry points of setup.cfg beside the package: a checkout that was never installed has no metadata."""
    config = ConfigParser()
    config.read(PACKAGE.parent / "setup.cfg", encoding="utf-8")
    declared = config.get("options.entry_points", GROUP, fallback="")
    pairs = (line.split("=", 1) for line in declared.splitlines() if "=" in line)
    return {name.strip(): EntryPoint(name.strip(), value.strip(), GROUP) for name, value in pairs}


def load(name: str) -> Plugin:
    """The plugin of that name. Raises PluginError where it is not installed or is none."""
    point = installed().get(name)
    if point is None:
        raise PluginError(name, "it is not installed (no entry point of that name in the group lms.modules)")
    try:
        found = point.load()
    except Exception as error:  # whatever a plugin's code raises, it is the plugin that is named
        raise PluginError(name, f"{point.value} cannot be loaded: {error}") from error
    if not isinstance(found, Plugin):
        raise PluginError(name, f"{point.value} is not an lms.plugins.contract.Plugin")
    if found.name != name:
        raise PluginError(name, f"{point.value} calls itself {found.name}")
    return found
