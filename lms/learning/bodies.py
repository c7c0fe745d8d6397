"""A lesson's body as HTML: the same for every reader of a language, so it is rendered once and kept."""

from collections.abc import Callable
from typing import NoReturn

from flask import render_template
from jinja2.utils import LRUCache
from markupsafe import Markup

from lms.i18n import reader
from lms.learning.queries import Reading
from lms.progress.states import ModuleState

MOST_KEPT = 512
_bodies: LRUCache = LRUCache(MOST_KEPT)


def body_of(
    state: ModuleState, reading: Reading, media_url: Callable[..., str], exercise_url: Callable[[str], str]
) -> Markup:
    """The body of a lesson that a published version has, with our words in it as the present reader has them written.

    `media_url` gives the address of a picture or recording in the module, `exercise_url` that of an exercise's notes.
    Raises RuntimeError where a block's template asks who reads: what it showed one person, others would see.
    """
    name = (state.version_uid, reading.key, reading.language, reader())
    found: Markup | None = _bodies.get(name)
    if found is None:
        found = _bodies[name] = _render(reading, media_url=media_url, exercise_url=exercise_url)
    return found


def _render(reading: Reading, **addresses: Callable[..., str]) -> Markup:
    asking = dict.fromkeys(("visitor", "actor", "allowed", "csrf_token", "get_flashed_messages"), _refuse)
    html = render_template("learning/_segments.html", reading=reading, **addresses, **asking)
    return Markup(html)  # noqa: S704 - what the templates interpolate is escaped


def _refuse(*_arguments: object) -> NoReturn:
    raise RuntimeError("the body of a lesson is kept for all readers: it must not ask who reads")
