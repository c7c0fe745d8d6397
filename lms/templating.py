"""What every template has: gettext, the reader's formats, isolation of what is interpolated, icons."""

import gzip
from datetime import date
from functools import cache, lru_cache
from types import FunctionType, MethodType
from typing import Any

from flask import Flask, Response, request
from jinja2 import Template, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from lms import i18n
from lms.db import language_of, text_of
from lms.formats import LANGUAGES, direction
from lms.locale import same_pages
from lms.security.guards import actor
from lms.security.permissions import Permission
from lms.security.policy import allows

SMALLEST_TO_COMPRESS = 1000
FLIPPED_ICONS = frozenset({"arrow", "back", "chev", "flag", "edit", "users", "file", "undo", "out", "link"})


def bdi(value: object) -> Markup:
    """`value` isolated from the direction of its surroundings: every interpolated name goes through here."""
    # Not Markup.format: it costs several times as much, and names are many.
    return Markup(f"<bdi>{escape(value)}</bdi>")  # noqa: S704 (escaped)


def ltr(value: object) -> Markup:
    """A code, number with country code, address or mail address: always left to right."""
    return Markup('<bdi dir="ltr" class="code" translate="no">{}</bdi>').format(value)


def in_language(texts: dict[str, str] | None) -> Markup:
    """The text of {language: text} in the reader's language; marked with its own where only another has it."""
    language = i18n.language()
    found = language_of(texts, language)
    text = text_of(texts, language)
    if found == language:
        return bdi(text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(found, direction(found), text)


def plain_in_language(texts: dict[str, str] | None) -> str:
    """The same as a bare string, for titles and attributes."""
    return text_of(texts, i18n.language())


def time_tag(value: object, text: str) -> Markup:
    """A <time> with the ISO form as its machine-readable value."""
    iso = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return Markup(f'<time datetime="{escape(iso)}">{escape(text)}</time>')  # noqa: S704 (escaped)


def day_tag(value: date, text: str) -> Markup:
    """A <time> with a day, followed by its Hijri date for a reader who wants that too."""
    hijri = i18n.reader().hijri_too(value)
    if hijri is None:
        return time_tag(value, text)
    return Markup('<time datetime="{}">{} <bdi class="hijri">({})</bdi></time>').format(value.isoformat(), text, hijri)


def escape_once(value: object) -> str:
    """`value` as it is written into a page: escaped, unless it is markup already.

    markupsafe's own makes another Markup of what is one, in several steps; most of what a page writes is.
    """
    if value.__class__ is Markup:
        return value
    return escape(value)


@lru_cache(maxsize=4096)
def _fixed(_language: str, message: str) -> Markup:
    # As Jinja fills every string, even with nothing: "%%" is a per cent sign.
    return Markup(i18n.gettext(message)) % {}  # noqa: S704 (ours)


@pass_eval_context
def template_gettext(mode: EvalContext, message: str, **values: object) -> str:
    """`message` in the reader's language, with %(name)s filled from `values`: escaped in pages, not in plain texts."""
    if mode.autoescape and not values:
        return _fixed(i18n.language(), message)
    return _filled(mode, i18n.gettext(message), values)


@pass_eval_context
def template_ngettext(mode: EvalContext, singular: str, plural: str, n: int, **values: object) -> str:
    """The form for `n`, filled in the same way; `%(num)s` is `n` where nothing else is said."""
    return _filled(mode, i18n.plural_form(singular, plural, n), {"num": n, **values})


def _filled(mode: EvalContext, text: str, values: dict[str, object]) -> str:
    if not mode.autoescape:
        return text % values
    # Escaped here: Markup's own `%` makes of each value something that escapes itself, at several times the cost.
    return Markup(text % {name: escape_once(value) for name, value in values.items()})  # noqa: S704 (escaped)


FUNCTIONS = (FunctionType, MethodType, type(_fixed))
"""Plain functions, methods, and functions that keep their answers."""


MODE = template_gettext.jinja_pass_arg  # type: ignore[attr-defined]
"""How Jinja notes that a function wants to know whether its template is escaped."""


class PageContext(Context):
    """Jinja's context, without what it looks for anew at each of a page's hundreds of calls and dozens of imports."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The names that only some templates have for globals: none, as no template is loaded with globals of its own.
        self.globals_keys = set()

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (Jinja's names: a page may pass self)
        """Call a plain function as one; Jinja asks of each object in several ways whether it wants the context."""
        kind, wants = __obj.__class__, getattr(__obj, "jinja_pass_arg", None)
        if kind is Macro or wants is MODE:
            args = (__self.eval_ctx, *args)
        elif kind not in FUNCTIONS or wants is not None:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return __obj(*args, **kwargs)


class PageTemplate(Template):
    """Jinja's template, writing values with `escape_once`: a page has a thousand, and most are markup."""

    @classmethod
    def from_code(cls, *args: Any, **kwargs: Any) -> Template:
        """As Jinja has it; its compiled code calls what has the name "escape" among its globals."""
        template = super().from_code(*args, **kwargs)
        template.root_render_func.__globals__["escape"] = escape_once
        return template


def init_templating(app: Flask) -> None:
    """Set the Jinja environment up."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.context_class = PageContext
    env.template_class = PageTemplate
    # Else `{{ 12345 | num }}` is worked out once, in the digits of whoever is the first to read.
    env.optimized = False
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext, i18n.plural_form, newstyle=True, pgettext=i18n.pgettext, npgettext=i18n.plural_form_in
    )
    # Jinja's own make a context and a Markup for each string anew, and a page has dozens.
    env.globals["gettext"] = env.globals["_"] = template_gettext
    env.globals["ngettext"] = template_ngettext

    @cache
    def icon(name: str, label: str = "") -> Markup:
        flip = " icon-flip" if name in FLIPPED_ICONS else ""
        hidden = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
        address = app.extensions["lms_static_url"]("icons.svg")
        return Markup('<svg class="icon{}" viewBox="0 0 24 24" {}><use href="{}#i-{}"/></svg>').format(
            flip, hidden, address, name
        )

    env.globals.update(
        icon=icon,
        languages=LANGUAGES,
        language_names=i18n.LANGUAGE_NAMES,
        direction=direction,
        same_pages=same_pages,
        reader=i18n.reader,
        Permission=Permission,
        allowed=lambda permission, target=None: allows(actor(), permission, target.scope() if target else None),
        actor=actor,
        settings=app.extensions["lms_settings"],
    )
    env.filters.update(
        bdi=bdi,
        ltr=ltr,
        tr=in_language,
        tr_text=plain_in_language,
        num=lambda value, places=None: i18n.reader().number(value, places),
        percent=lambda ratio: i18n.reader().percent(ratio),
        day=lambda value: day_tag(value, i18n.reader().day(value)),
        long_day=lambda value: day_tag(value, i18n.reader().date(value)),
        moment=lambda value: day_tag(value, i18n.reader().datetime(value)),
        clock=lambda value: time_tag(value, i18n.reader().time(value)),
        ago=_ago,
        minutes=lambda value: i18n.reader().minutes(value),
        span=lambda value: i18n.reader().span(value),
        duration=lambda value: i18n.reader().duration(value),
        file_size=lambda value: i18n.reader().file_size(value),
        score=lambda pair: i18n.reader().score(*pair),
        marks=lambda pair: i18n.reader().marks(*pair),
        reached=lambda ratio: i18n.reader().reached(ratio),
        e=escape,
    )
    app.after_request(compress)


def _ago(value: object) -> Markup:
    from datetime import datetime

    from lms.clock import now

    assert isinstance(value, datetime)
    return time_tag(value, i18n.reader().relative(value, now()))


def compress(response: Response) -> Response:
    """Gzip a page for a reader whose browser takes it; most of ours pay for each kilobyte."""
    if (
        response.direct_passthrough
        or response.status_code < 200
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or "Content-Encoding" in response.headers
        or not (response.mimetype or "").startswith(("text/", "application/json"))
        or response.is_streamed
    ):
        return response
    body = response.get_data()
    if len(body) < SMALLEST_TO_COMPRESS:
        return response
    response.set_data(gzip.compress(body, compresslevel=4, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.add("Vary", "Accept-Encoding")
    return response
