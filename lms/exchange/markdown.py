"""Runs of words as the inline Markdown that says the same, as plainly as it can; and back."""

import re
from dataclasses import replace

import nh3

from lms.exchange.runs import BREAK, Run, read_html, tidy
from lms.text import ascii_digits
from lms.training.rendering import render_inline

_SPECIAL = re.compile(r"([\\`*_\[\]<&])")
_HARD_BREAK = "\\\n"


def to_markdown(runs: list[Run]) -> tuple[str, bool]:
    """The Markdown of runs, and whether marks had to be given up because Markdown cannot set them so."""
    bare = [replace(run, bold=False, italic=False, code=False) for run in runs]
    unlinked = [Run(run.text) for run in runs]
    for wanted in (runs, tidy(bare), tidy(unlinked)):
        for escape in (False, True):
            found = "".join(_written(run, escape) for run in wanted).replace(BREAK, _HARD_BREAK)
            if _says(found, wanted):
                return found, wanted is not runs
    return _escaped("".join(run.text for run in runs)).replace(BREAK, _HARD_BREAK), True


def plain_markdown(text: str) -> str:
    """The Markdown that shows exactly these words."""
    return to_markdown(tidy([Run(text)]))[0]


def to_html(markdown: str) -> str:
    """The HTML of an inline Markdown text, bare of what only this platform's pages need."""
    rendered = render_inline(markdown, "en").replace("\n", " ")
    bare = nh3.clean(rendered, tags={"strong", "em", "code", "a", "br"}, attributes={"a": {"href"}}, link_rel=None)
    return bare.replace("<br> ", "<br>")


def to_words(markdown: str) -> str:
    """The words of an inline Markdown text without any marks, on one line."""
    return " ".join("".join(run.text for run in read_html(to_html(markdown))[0]).split())


def _says(markdown: str, wanted: list[Run]) -> bool:
    return _same(read_html(to_html(markdown))[0]) == _same(wanted)


def _same(runs: list[Run]) -> list[Run]:
    # The renderer may write the digits of a counter at the beginning of a line in another script.
    return [replace(run, text=ascii_digits(run.text)) for run in runs]


def _written(run: Run, escape: bool) -> str:
    if run.code:
        found = f"``{run.text}``" if "`" in run.text else f"`{run.text}`"
    else:
        found = _escaped(run.text) if escape else run.text
    if run.href:
        found = f"[{found}]({run.href})" if not re.search(r"[()<>\s]", run.href) else f"[{found}](<{run.href}>)"
    stars = "*" * (2 * run.bold + run.italic)
    return f"{stars}{found}{stars}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
