"""Completion by country, field of work, cohort, language and month."""

from collections.abc import Mapping
from datetime import datetime

from lms.certification.queries import local_day
from lms.organizations.models import Network
from lms.reports.forms import GroupForm
from lms.reports.group_sheet import group_sheet
from lms.reports.offered.asked import Asked, Asking, check, last_steps_in_words
from lms.reports.queries.choices import choices_of, chosen_of
from lms.reports.queries.groups import Dimension, GroupReport, group_report
from lms.reports.queries.modules import editions_of, modules_of
from lms.reports.ranges import months_until
from lms.reports.steps import StepKind
from lms.reports.wording import filters_in_words


def group_filters(dimension: Dimension, network: Network, arguments: Mapping[str, str], at: datetime) -> GroupForm:
    """The filters as an address has them; they may not be valid."""
    found = choices_of(network.id, local_day(network, at))
    modules = modules_of(network.id)
    return GroupForm(dimension, arguments, modules, found.countries, found.cohorts, editions=editions_of)


def groups_asked_for(dimension: Dimension, form: GroupForm, network: Network, at: datetime) -> GroupReport:
    """What the filters ask for."""
    months = months_until(local_day(network, at))
    return group_report(dimension, form.query(network.id), network, form.modules, form.cohorts, months, now=at)


def ask_groups(dimension: Dimension, asking: Asking) -> Asked:
    """The view of an address."""
    form = group_filters(dimension, asking.network, asking.arguments, asking.at)
    check(form)
    query = form.query(asking.network.id)
    words = filters_in_words(query, form.modules, chosen_of(query))
    return Asked(
        form.arguments(),
        [(label, value) for _name, label, value in words],
        last_steps_in_words(StepKind.MONTH) if dimension is Dimension.MONTH else "",
        lambda: group_sheet(groups_asked_for(dimension, form, asking.network, asking.at)),
    )
