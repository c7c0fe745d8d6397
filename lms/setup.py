"""The steps of `create_app`, in their order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import (
    addresses,
    error_pages,
    features,
    health,
    limits,
    locale,
    logs,
    navigation,
    pace,
    plugins,
    replica,
    static,
    templating,
)
from lms import db as database
from lms.security import cookies, guards, headers, tokens
from lms.settings import Settings


class App(Flask):
    """Flask, told that no function of ours is a coroutine: it asks that of each, at every call."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


def settings_of(app: Flask) -> Settings:
    """The settings that the app was made with."""
    found: Settings = app.extensions["lms_settings"]
    return found


def current_settings() -> Settings:
    """The settings of the app at work: for what runs in its context but knows no Flask."""
    return settings_of(current_app)


def configure(app: Flask, settings: Settings) -> None:
    """Flask's own configuration, from ours."""
    app.extensions["lms_settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="tashbik_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        TRUSTED_HOSTS=list(_hosts(settings)),
        TESTING=settings.testing,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    Path(settings.files).mkdir(parents=True, exist_ok=True)


def _hosts(settings: Settings) -> set[str]:
    from urllib.parse import urlsplit

    own = urlsplit(settings.base_url).hostname or ""
    return {own, "127.0.0.1", "localhost", *settings.allowed_hosts}


def init_logging(app: Flask) -> None:
    """Structured logs with a request id and no personal data."""
    logs.init_logs(app, settings_of(app).log_format)


def init_proxies(app: Flask) -> None:
    """Believe as many proxies as the operator says there are."""
    count = settings_of(app).trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def init_database(app: Flask) -> None:
    """Bind the database, and its replica where there is one."""
    database.init_db(app, settings_of(app).database_url)
    replica.init_replica(app, settings_of(app).database_replica_url)


def init_languages(app: Flask) -> None:
    """The language in the address, and how the reader has numbers and dates written."""
    locale.init_locale(app)
    addresses.init_addresses(app)
    locale.init_memory(app)


def init_security(app: Flask) -> None:
    """Requests are kept within their size, forms protected, undeclared endpoints refused, headers set."""
    limits.init_limits(app)
    pace.init_pace(app, settings_of(app).redis_url)
    app.session_interface = cookies.CookieSessions()
    tokens.FormTokens().init_app(app)
    guards.init_guards(app)
    headers.init_headers(app, secure=settings_of(app).secure)


def init_templates(app: Flask) -> None:
    """Filters, globals and the gettext of templates."""
    templating.init_templating(app)
    navigation.init_navigation(app)


def init_static(app: Flask) -> None:
    """Static files with the hash of their content in the address."""
    static.init_static(app, settings_of(app).data)


def init_features(app: Flask) -> None:
    """Every feature's pages and listeners."""
    health.init_health(app)
    features.init_features(app)


def init_plugins(app: Flask) -> None:
    """The enabled plugins; a violation stops the start."""
    plugins.init_plugins(app, settings_of(app).plugins)


def init_error_pages(app: Flask) -> None:
    """Every error is a page of ours, in the reader's language."""
    error_pages.init_error_pages(app)
