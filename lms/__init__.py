"""Tashbik: a learning platform for networks of civil-society organizations."""

from flask import Flask

from lms.settings import Settings, read_settings

__all__ = ["Settings", "create_app", "read_settings"]


def create_app(settings: Settings | None = None) -> Flask:
    """The application, wired and ready to serve; reads the environment when no settings are given.

    Raises SettingsError or PluginError where it cannot start; asks the database nothing.
    """
    from lms import setup

    settings = settings or read_settings()
    app = setup.App("lms", static_folder=None)
    setup.configure(app, settings)
    setup.init_logging(app)
    setup.init_proxies(app)
    setup.init_database(app)
    setup.init_languages(app)
    setup.init_security(app)
    setup.init_templates(app)
    setup.init_static(app)
    setup.init_features(app)
    setup.init_plugins(app)
    setup.init_error_pages(app)
    return app
