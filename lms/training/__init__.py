"""What is taught: kits, modules, versions, lessons."""

from flask import Flask

from lms.plugins.registry import on_hook


def init_feature(app: Flask) -> None:
    """Take kinds of blocks, modules and kits from plugins: content that fails a check stops the start."""
    from lms.training.block_kinds import block_template, register_plugin_kinds
    from lms.training.sync import check_content

    app.jinja_env.globals["block_template"] = block_template
    on_hook(app, "block_kinds", lambda plugin, kinds: register_plugin_kinds(plugin.name, kinds))
    on_hook(app, "modules", check_content)
