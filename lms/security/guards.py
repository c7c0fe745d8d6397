"""Deny by default: every endpoint declares a permission or says that it is public."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lms.security.actor import Actor, Scope
from lms.security.permissions import Permission
from lms.security.policy import allows

View = TypeVar("View", bound=Callable[..., Any])


class Target(Protocol):
    """Something that the policy can judge."""

    def scope(self) -> Scope:
        """Where it belongs."""


def actor() -> Actor | None:
    """Who makes this request, or None when nobody is signed in. Loaded once a request."""
    try:
        found: Actor | None = g.actor
    except AttributeError:
        found = g.actor = current_app.extensions["lms_load_actor"]()
    return found


def the_actor() -> Actor:
    """Who makes this request, inside an endpoint that requires a permission."""
    found = actor()
    if found is None:
        abort(401)
    return found


def public(view: View) -> View:
    """Declare that anyone may call the endpoint."""
    view.lms_permission = None  # type: ignore[attr-defined]
    return view


def require(permission: Permission, target: Callable[..., Target | None] | None = None) -> Callable[[View], View]:
    """Declare the permission that an endpoint needs.

    `target` takes the endpoint's address values by name and gives what they point at; the view gets it as its
    first argument instead of them. Nothing found, or not permitted: 404, so that ids tell nothing.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:
            if actor() is None:
                return _ask_to_sign_in()
            if target is None:
                if not allows(actor(), permission):
                    abort(403)
                return _answer(view, **values)
            found = target(**values)
            if found is None or not allows(actor(), permission, found.scope()):
                abort(404)
            return _answer(view, found)

        guarded.lms_permission = permission  # type: ignore[attr-defined]
        guarded.lms_target = target  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def _answer(view: Callable[..., Any], *arguments: Any, **values: Any) -> ResponseReturnValue:
    response: ResponseReturnValue = view(*arguments, **values)
    return response


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method not in ("GET", "HEAD") or "lang" not in g:
        abort(401)
    endpoint = "accounts.second_factor" if second_factor_missing() else "accounts.sign_in"
    return redirect(url_for(endpoint, next=request.full_path.rstrip("?")), 303)


def second_factor_missing() -> bool:
    """Whether somebody has given her password and not yet the second factor that she needs: she is nobody yet."""
    found: bool = current_app.extensions["lms_half_signed_in"]()
    return found


def init_guards(app: Flask) -> None:
    """Refuse every endpoint that declared nothing."""

    @app.before_request
    def deny_undeclared() -> None:
        if request.endpoint is None:
            return
        # No address of ours has one, and PostgreSQL takes none in a text.
        if "\x00" in request.path:
            abort(404)
        if not hasattr(app.view_functions[request.endpoint], "lms_permission"):
            abort(403)
