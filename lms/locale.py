"""The language of a request: in its address, else negotiated; and the reader's way of writing numbers and dates."""

from datetime import timedelta

from flask import Flask, Response, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.formats import LANGUAGES, Formatter, direction, negotiate
from lms.i18n import set_reader
from lms.security.guards import public

LANGUAGE_COOKIE = "tashbik_language"
REMEMBERED = timedelta(days=365)
OK = 200


def negotiated() -> str:
    """The language for an address that names none: the reader's last choice, else her browser's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    from flask import current_app

    from lms.setup import settings_of

    return negotiate(request.headers.get("Accept-Language", ""), default=settings_of(current_app).default_language)


def init_locale(app: Flask) -> None:
    """Take `lang` out of every address, and put it into every address that is made."""

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, object] | None) -> None:
        lang = (values or {}).pop("lang", None)
        if lang is not None and lang not in LANGUAGES:
            # Show the error page in a language that exists.
            set_reader(Formatter(negotiated()))
            abort(404)
        if lang is not None:
            g.lang = lang
        set_reader(app.extensions["lms_reader_of"](str(lang or negotiated())))

    @app.url_defaults
    def put_language(endpoint: str, values: dict[str, object]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("lang") or negotiated()

    @app.get("/")
    @public
    def root() -> ResponseReturnValue:
        """Send the visitor to her language."""
        return redirect(url_for("learning.home", lang=negotiated()), 302)

    app.extensions.setdefault("lms_reader_of", Formatter)


def init_memory(app: Flask) -> None:
    """Remember the language that a reader chose, in a cookie."""

    @app.after_request
    def remember(response: Response) -> Response:
        # A language that the browser asks for by itself needs no cookie.
        if "lang" in g and response.status_code == OK and response.mimetype == "text/html" and g.lang != negotiated():
            secure = bool(app.config["SESSION_COOKIE_SECURE"])
            response.set_cookie(
                LANGUAGE_COOKIE, g.lang, max_age=REMEMBERED, secure=secure, httponly=True, samesite="Lax"
            )
        return response


def same_pages() -> list[tuple[str, str]]:
    """Each language, and the address of the present page in it."""
    endpoint, values = "learning.home", {}
    if request.endpoint and request.view_args is not None and "lang" in g:
        endpoint, values = request.endpoint, {**request.view_args, **request.args.to_dict()}
    return [(lang, url_for(endpoint, **{**values, "lang": lang})) for lang in LANGUAGES]


__all__ = ["LANGUAGE_COOKIE", "direction", "init_locale", "init_memory", "negotiated", "same_pages"]
