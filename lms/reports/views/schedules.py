"""Reports that are made regularly: the list, and what is chosen about one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lms.addresses import url_for
from lms.certification.queries import local_day
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import ngettext
from lms.organizations.models import Network
from lms.reports import targets
from lms.reports.offered import REPORTS, Asked, Asking, OutdatedView
from lms.reports.schedules import services
from lms.reports.schedules.forms import ScheduleForm
from lms.reports.schedules.models import ReportSchedule
from lms.reports.schedules.queries import possible_receivers, schedules_of
from lms.reports.schedules.slots import next_slot, reads_as
from lms.reports.schedules.targets import schedule as schedule_of
from lms.reports.schedules.wording import failure_in_words, rhythm_in_words, title_of
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor

_LIST = "/networks/<network_id>/reports/schedules"
_ONE = f"{_LIST}/<schedule_id>"


@blueprint.get(_LIST)
@require(Permission.SCHEDULE_REPORTS, targets.network)
def schedules(network: Network) -> str:
    """All of a network's, with the next and the last time of each."""
    found = schedules_of(network.id)
    today = local_day(network, now())
    coming = {each.schedule.id: _next(each.schedule, today) for each in found if each.schedule.paused_at is None}
    words: dict[str, Any] = {"rhythm_in_words": rhythm_in_words, "failure_in_words": failure_in_words}
    words |= {"title_of": title_of}
    return render_template("reports/schedules.html", network=network, schedules=found, coming=coming, **words)


def _next(schedule: ReportSchedule, today: Any) -> Any:
    """The first day on which anybody gets it."""
    people = [each.person for each in schedule.receivers] + ([schedule.maker] if schedule.to_folder else [])
    return min((next_slot(schedule, reads_as(each, schedule.network), today) for each in people), default=None)


@blueprint.route(f"{_LIST}/new", methods=["GET", "POST"])
@require(Permission.SCHEDULE_REPORTS, targets.network)
def new_schedule(network: Network) -> ResponseReturnValue:
    """Send the view of the address regularly."""
    arguments = request.args.copy()
    name = arguments.pop("report", "completion")
    if name not in REPORTS:
        abort(404)
    try:
        asked = _asked(network, name, arguments)
    except OutdatedView:
        return redirect(_page_of(network, name, arguments.to_dict()), 303)
    me = the_actor().person_id
    admins = possible_receivers(network.id)
    mine = [grant.person.public_id for grant in admins if grant.person_id == me]
    form = ScheduleForm(admins, name=_usual_name(name, asked), receivers=mine)
    _offer_folder(form, name)
    if request.method == "POST" and form.validate():
        try:
            with write_unit():
                services.make_schedule(network, name, asked.arguments, form.plan(), actor_id=me, now=now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("The report will be made regularly."))
            return redirect(url_for(".schedules", network_id=network.public_id), 303)
    return _form(network, form, name, asked)


@blueprint.route(_ONE, methods=["GET", "POST"])
@require(Permission.SCHEDULE_REPORTS, schedule_of)
def schedule(schedule: ReportSchedule) -> ResponseReturnValue:
    """Change when it is made, and who gets it; the view stays."""
    network = schedule.network
    form = ScheduleForm(possible_receivers(network.id), schedule)
    _offer_folder(form, schedule.report)
    try:
        asked = _asked(network, schedule.report, MultiDict(schedule.arguments))
    except (KeyError, OutdatedView):
        asked = None
    if request.method == "POST" and form.validate():
        try:
            with write_unit() as session:
                kept = session.get_one(ReportSchedule, schedule.id)
                services.change_schedule(kept, form.plan(), actor_id=the_actor().person_id, now=now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(url_for(".schedules", network_id=network.public_id), 303)
    return _form(network, form, schedule.report, asked, schedule)


def _usual_name(name: str, asked: Asked) -> str:
    """What the report is called, and of what it is where its page is of something."""
    about = [value for _label, value in asked.filters[: len(REPORTS[name].path)]]
    return ": ".join([str(REPORTS[name].title), *about])


def _offer_folder(form: ScheduleForm, name: str) -> None:
    """A report of several networks is for people who administer all of them; who reads a folder nobody knows."""
    if name in REPORTS and not REPORTS[name].is_of_network:
        del form.to_folder


def _asked(network: Network, name: str, arguments: Mapping[str, str]) -> Asked:
    """The view as its files would be made now, for the actor."""
    return REPORTS[name].ask(Asking(network, arguments, now(), the_actor().networks_as(Role.NETWORK_ADMIN)))


def _page_of(network: Network, name: str, arguments: Mapping[str, str]) -> str:
    """The address of the view's page; of one that lacks what its path needs, that of the first report."""
    whole = all(arguments.get(argument) for argument in REPORTS[name].path)
    report = REPORTS[name if whole else "completion"]
    place = {"network_id": network.public_id} if report.is_of_network else {}
    # Whatever an address holds is written into this one as it stands: some names mean something to `url_for`.
    given = dict(arguments) if report.is_of_network else {**arguments, "network": network.public_id}
    place |= {named: given.pop(argument) for argument, named in report.path.items()}
    page = url_for(report.endpoint, **report.values, **place)
    return f"{page}?{urlencode(given)}" if given else page


def _form(
    network: Network, form: ScheduleForm, name: str, asked: Asked | None, schedule: ReportSchedule | None = None
) -> ResponseReturnValue:
    page = render_template(
        "reports/schedule.html",
        network=network,
        form=form,
        title_of=title_of(name),
        asked=asked,
        address=_page_of(network, name, asked.arguments) if asked else "",
        schedule=schedule,
    )
    return page, 422 if form.errors else 200


@blueprint.post(f"{_ONE}/pause")
@require(Permission.SCHEDULE_REPORTS, schedule_of)
def schedule_pause(schedule: ReportSchedule) -> ResponseReturnValue:
    """Stop it for a while, or go on."""
    with write_unit() as session:
        kept = session.get_one(ReportSchedule, schedule.id)
        change = services.pause if request.form.get("paused") == "yes" else services.resume
        change(kept, actor_id=the_actor().person_id, now=now())
    return redirect(url_for(".schedules", network_id=schedule.network.public_id), 303)


@blueprint.post(f"{_ONE}/run")
@require(Permission.SCHEDULE_REPORTS, schedule_of)
def schedule_run(schedule: ReportSchedule) -> ResponseReturnValue:
    """Make its files at once."""
    with write_unit() as session:
        kept = session.get_one(ReportSchedule, schedule.id)
        asked = services.run_now(kept, actor_id=the_actor().person_id, now=now())
    flash(ngettext("%(num)s file is being made.", "%(num)s files are being made.", asked))
    return redirect(url_for(".runs", network_id=schedule.network.public_id), 303)


@blueprint.route(f"{_ONE}/delete", methods=["GET", "POST"])
@require(Permission.SCHEDULE_REPORTS, schedule_of)
def schedule_delete(schedule: ReportSchedule) -> ResponseReturnValue:
    """Ask, then make it no more."""
    if request.method == "GET":
        return render_template("reports/schedule_delete.html", schedule=schedule, network=schedule.network)
    with write_unit() as session:
        kept = session.get_one(ReportSchedule, schedule.id)
        services.delete_schedule(kept, actor_id=the_actor().person_id, now=now())
    flash(_("Deleted."))
    return redirect(url_for(".schedules", network_id=schedule.network.public_id), 303)
