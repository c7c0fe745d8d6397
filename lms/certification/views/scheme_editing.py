"""Editing a network's scheme: each button sends the whole form, and what it holds is kept before anything else."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.certification.models import Scheme, SchemeDraft
from lms.certification.queries import (
    Rules,
    holders,
    local_day,
    newest_number,
    rules_of,
    scheme_draft,
    scheme_of,
)
from lms.certification.scheme_editor import Editor
from lms.certification.scheme_stale import meanwhile
from lms.certification.services import discard_draft, ensure_scheme, go_on_from_newest, keep_draft
from lms.certification.typed import (
    Planned,
    TypedLevel,
    TypedScheme,
    change,
    planned,
    read_scheme,
    shown_level,
    shown_revision,
)
from lms.certification.views.blueprint import blueprint
from lms.certification.views.signatory import named_network
from lms.clock import now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.text import ascii_digits


@blueprint.get("/networks/<network_id>/scheme/edit")
@require(Permission.MANAGE_NETWORK, target=named_network)
def scheme_edit(network: Network) -> str:
    """What she has typed, else what the scheme says last."""
    return edit_page(network, own_draft(network), {})


@blueprint.post("/networks/<network_id>/scheme/edit")
@require(Permission.MANAGE_NETWORK, target=named_network)
def scheme_type(network: Network) -> ResponseReturnValue:
    """Keep what is typed, do what the button says, and go where it leads."""
    deed, draft = request.form.get("do", ""), own_draft(network)
    before = TypedScheme.from_json(draft.typed) if draft else TypedScheme()
    typed = read_scheme(request.form)
    typed.starts_on, typed.reaches_running = before.starts_on, before.reaches_running
    look_at = _restored(network, typed, deed) if deed.startswith("restore ") else change(typed, deed, request.form)
    with write_unit():
        ensure_scheme(network.id, now())
        base = draft.base if draft else _base() or newest_number(network.id)
        kept = keep_draft(network.id, the_actor().person_id, typed.as_json(), base=base, now=now())
    if deed == "preview":
        found = plan_of(network, kept)
        if found.errors:
            return edit_page(network, kept, found.errors), 422
        return redirect(url_for("certification.scheme_preview", network_id=network.public_id), 303)
    return redirect(url_for("certification.scheme_edit", network_id=network.public_id, _anchor=look_at), 303)


@blueprint.post("/networks/<network_id>/scheme/discard")
@require(Permission.MANAGE_NETWORK, target=named_network)
def scheme_discard(network: Network) -> ResponseReturnValue:
    """Forget what she has typed."""
    with write_unit():
        discard_draft(network.id, the_actor().person_id)
    flash(_("What you had typed is discarded."))
    return redirect(url_for("certification.scheme", network_id=network.public_id), 303)


@blueprint.post("/networks/<network_id>/scheme/go-on")
@require(Permission.MANAGE_NETWORK, target=named_network)
def scheme_go_on(network: Network) -> ResponseReturnValue:
    """Let what she has typed replace what somebody else saved meanwhile."""
    with write_unit():
        draft = own_draft(network)
        if draft is not None:
            go_on_from_newest(draft)
    return redirect(url_for("certification.scheme_preview", network_id=network.public_id), 303)


def own_draft(network: Network) -> SchemeDraft | None:
    """What the reader has typed of a network's scheme."""
    return scheme_draft(network.id, the_actor().person_id)


def plan_of(network: Network, draft: SchemeDraft) -> Planned:
    """The plan that a draft is, with what is wrong of it."""
    scheme = scheme_of(network.id) or Scheme(network_id=network.id)
    return planned(TypedScheme.from_json(draft.typed), network, scheme, local_day(network, now()))


def edit_page(network: Network, draft: SchemeDraft | None, errors: dict[str, str]) -> str:
    """The editor."""
    rules = rules_of(network.id)
    base = draft.base if draft else rules.revisions[-1].number if rules else 0
    typed = TypedScheme.from_json(draft.typed) if draft else _of_base(rules, base)
    editor = Editor(
        network,
        typed,
        base,
        holders(network),
        _removed(rules, typed, base),
        local_day(network, now()),
        errors,
        is_kept=draft is not None,
    )
    stale = meanwhile(network, base) if draft and base != newest_number(network.id) else None
    return render_template("certification/scheme_edit.html", network=network, editor=editor, stale=stale)


def _base() -> int:
    """The revision that a form began from, as it says."""
    typed = ascii_digits(request.form.get("base", ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


def _of_base(rules: Rules | None, base: int) -> TypedScheme:
    found = [each for each in rules.revisions if each.number == base] if rules else []
    return shown_revision(found[0]) if found else TypedScheme()


def _removed(rules: Rules | None, typed: TypedScheme, base: int) -> tuple[TypedLevel, ...]:
    there = {each.key for each in typed.levels}
    return tuple(each for each in _of_base(rules, base).levels if each.key not in there)


def _restored(network: Network, typed: TypedScheme, deed: str) -> str:
    """Put a level back that the newest revision has."""
    key = deed.partition(" ")[2]
    rules = rules_of(network.id)
    for rule in rules.revisions[-1].levels if rules else ():
        if str(rule.level_id) == key and key not in {each.key for each in typed.levels}:
            typed.levels.append(shown_level(rule))
    return f"levels.{len(typed.levels) - 1}"
