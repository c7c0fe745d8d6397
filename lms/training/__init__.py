"""What is taught: kits, modules, versions, lessons."""

from flask import Flask

from lms.plugins.registry import on_hook


def init_feature(app: Flask) -> None:
    """Take modules and kits from plugins: content that fails a check stops the start."""
    from lms.training.sync import check_content

    on_hook(app, "modules", check_content)
