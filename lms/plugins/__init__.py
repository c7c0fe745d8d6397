"""The public interface of a plugin, and the registry of those that are enabled."""

from flask import Flask

from lms.plugins.registry import set_up


def init_plugins(app: Flask, enabled: tuple[str, ...]) -> None:
    """Load the enabled plugins; a violation raises PluginError, which names plugin and reason."""
    set_up(app, enabled)
