"""The public interface of a plugin."""

from flask import Flask


def init_plugins(app: Flask, enabled: tuple[str, ...]) -> None:
    """Load the enabled plugins."""
