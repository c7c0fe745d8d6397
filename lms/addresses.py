"""Addresses of our own pages, built once each: pages are full of them, and building one costs more than a lookup."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import flask
from flask import Flask, current_app, g, has_request_context, request

MOST_KEPT = 8192
Here = tuple[Callable[..., str], str, str]
"""What the addresses of one request have in common: the app's memory, the root it is served at, the language."""


def url_for(endpoint: str, **values: Any) -> str:
    """`flask.url_for`, inside a request from memory where the same address was built before.

    What depends on more than the endpoint and its values (a full address, an endpoint relative to the blueprint) is
    always built anew.
    """
    try:
        here: Here | None = g.addresses
    except (AttributeError, RuntimeError):  # the first of this request, or outside of an application
        here = _begin()
    if here is None or endpoint[0] == "." or "_external" in values or "_scheme" in values:
        return flask.url_for(endpoint, **values)
    built, root, lang = here
    try:
        return built(root, endpoint, lang, tuple(values.items()))
    except TypeError:  # a value that is a list
        return flask.url_for(endpoint, **values)


def _begin() -> Here | None:
    if not has_request_context() or "lang" not in g:
        return None
    here: Here = (current_app.extensions["lms_addresses"], request.script_root, g.lang)
    g.addresses = here
    return here


def init_addresses(app: Flask) -> None:
    """Remember the app's addresses, and give templates the `url_for` that does."""

    @lru_cache(maxsize=MOST_KEPT)
    def built(_root: str, endpoint: str, _lang: str, values: tuple[tuple[str, Any], ...]) -> str:
        return flask.url_for(endpoint, **dict(values))

    app.extensions["lms_addresses"] = built
    app.jinja_env.globals["url_for"] = url_for
