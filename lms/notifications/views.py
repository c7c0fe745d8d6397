"""The page of choices about messages, and the way out of mails that needs no sign-in."""

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.current import the_person
from lms.accounts.models import Person
from lms.clock import now
from lms.db import write_unit
from lms.formats.countries import time_zones
from lms.forms import Form
from lms.i18n import gettext as _
from lms.i18n import language
from lms.messages.choices import choices_of, digest_time_of
from lms.messages.kinds import Audience, MessageKind, message_kinds
from lms.messages.services import mail_is_on
from lms.messages.unsubscribing import read_token
from lms.notifications.digests import DIGEST
from lms.notifications.forms import DigestTimeForm, message_form, stored
from lms.notifications.labels import AUDIENCES
from lms.notifications.queries import person_by_public_id, time_zone_of
from lms.notifications.services import change_choices, end_mails
from lms.security import Permission, public, require
from lms.security.actor import Role
from lms.security.guards import the_actor

blueprint = Blueprint("notifications", __name__, url_prefix="/<lang>", template_folder="templates")
Groups = dict[Audience, list[MessageKind]]


def _groups() -> Groups:
    """The kinds that can come to the reader."""
    roles = {Audience.MANAGERS: Role.MANAGER, Audience.ADMINS: Role.NETWORK_ADMIN}
    shown = [each for each in Audience if each not in roles or the_actor().has_role(roles[each])]
    return {each: [kind for kind in message_kinds().values() if kind.audience is each] for each in shown}


def _kinds(groups: Groups) -> list[MessageKind]:
    return [kind for group in groups.values() for kind in group]


def _page(groups: Groups, form: DigestTimeForm) -> str:
    waits = any(kind.can_wait for kind in _kinds(groups))
    person = the_person()
    values = {"audiences": AUDIENCES, "waits": waits, "mail": mail_is_on(), "person": person}
    zone = time_zone_of(person)
    values["zone"] = dict(time_zones(language())).get(zone, zone)
    return render_template("notifications/messages.html", offered=groups, form=form, **values)


@blueprint.get("/account/messages")
@require(Permission.USE_ACCOUNT)
def choices() -> str:
    """How each kind of message comes by mail, and when the summary does."""
    person, groups = the_person(), _groups()
    time = digest_time_of(person.id)
    shown = stored(choices_of(person.id), time.weekday if time else None, time.hour if time else None)
    return _page(groups, message_form(_kinds(groups), formdata=None, data=shown))


@blueprint.post("/account/messages")
@require(Permission.USE_ACCOUNT)
def choices_save() -> ResponseReturnValue:
    """Change it."""
    person, groups = the_person(), _groups()
    form = message_form(_kinds(groups))
    if not form.validate():
        return _page(groups, form), 422
    zone = time_zone_of(person)
    with write_unit():
        change_choices(person.id, form.choices(_kinds(groups)), form.weekday, form.hour, zone, now())
    flash(_("Saved."))
    return redirect(url_for("notifications.choices"), 303)


def _found(token: str) -> tuple[Person, str, str]:
    """Whose mails of which kind a token ends, and what the kind is called."""
    asked = read_token(token) or abort(404)
    person = person_by_public_id(asked.person) or abort(404)
    kinds = message_kinds()
    if asked.kind == DIGEST:
        return person, asked.kind, _("The summary")
    return person, asked.kind, str(kinds[asked.kind].label) if asked.kind in kinds else abort(404)


@blueprint.get("/unsubscribe/<token>")
@public
def unsubscribe(token: str) -> str:
    """Ask whether such mails shall end. Opening the link ends nothing."""
    _person, _kind, label = _found(token)
    return render_template("notifications/unsubscribe.html", form=Form(), label=label, done=False)


@blueprint.post("/unsubscribe/<token>")
@public
def unsubscribe_now(token: str) -> str:
    """End them: for people, and for mail programs (RFC 8058), which send no form of ours."""
    person, kind, label = _found(token)
    with write_unit():
        end_mails(person.id, None if kind == DIGEST else kind)
    return render_template("notifications/unsubscribe.html", form=Form(), label=label, done=True)


def init_views(app: Flask) -> None:
    """Register the pages. The way out is protected by its signed address instead of a form's token."""
    app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(unsubscribe_now)
