"""From an organization down to its people, as far as it lets them be seen."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.paging import asked_page, asked_search
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.queries import stock
from lms.reports.queries.columns import Columns
from lms.reports.queries.completion import Cell
from lms.reports.queries.modules import ReportModule, modules_of
from lms.reports.queries.persons import page_of_members, tries_of, ways_of
from lms.reports.reported import ReportedOrganization, organization_in
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint
from lms.reports.wording import STAGES, member_in_words, names_in_words
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/organizations/<organization_id>")
@require(Permission.SEE_REPORTS, organization_in)
def organization(target: ReportedOrganization) -> ResponseReturnValue:
    """People by modules."""
    moment = read_for_report()
    all_modules = modules_of(target.network.id)
    one = next((module for module in all_modules if module.public_id == request.args.get("module")), None)
    modules = [one] if one else all_modules
    search = asked_search() if target.organization.shares_names else ""
    people = _people(target)
    page = page_of_members(target.organization, target.day, modules, asked_page(), people=people, search=search)
    return render_template(
        "reports/organization.html",
        network=target.network,
        organization=target.organization,
        modules=modules,
        one=one,
        page=page,
        search=search,
        people=people,
        totals=_totals(target, modules, people),
        formats=list(FORMATS),
        offered="staff",
        taken={"organization": target.organization.public_id, **({"module": one.public_id} if one else {})},
        taken_at=moment,
        stages=STAGES,
        member_in_words=member_in_words,
        names_in_words=names_in_words,
    )


@blueprint.get("/networks/<network_id>/reports/organizations/<organization_id>/people/<membership_id>")
@require(Permission.SEE_REPORTS, targets.person)
def person(target: targets.ReportedPerson) -> ResponseReturnValue:
    """One person's way through the modules, and her attempts."""
    place, member = target.place, target.member
    modules = modules_of(place.network.id)
    details = place.organization.shares_names
    ways = ways_of([member.person_id], modules, details=details)
    return render_template(
        "reports/person.html",
        network=place.network,
        organization=place.organization,
        name=member_in_words(member),
        details=details,
        ways=[(module, ways[member.person_id, module.id]) for module in modules],
        titles={module.id: module.titles for module in modules},
        tries=tries_of(member.person_id, [module.id for module in modules], details=details),
        stages=STAGES,
        names_in_words=names_in_words,
    )


def _people(target: ReportedOrganization) -> int:
    columns = Columns(target.network.id, target.day, ())
    return stock.sizes(columns, [target.organization.id]).get(target.organization.id, 0)


def _totals(target: ReportedOrganization, modules: list[ReportModule], people: int) -> list[Cell]:
    """The organization's line of the network's report."""
    columns = Columns(target.network.id, target.day, [module.id for module in modules])
    found = stock.cells(columns, [target.organization.id])
    return [Cell(found.get(module.id, {}).get(target.organization.id, 0), people) for module in modules]
