"""`lms report`: a network's reports as files, with the numbers of the page."""

from datetime import datetime
from pathlib import Path

import click

from lms.cli.environment import command_app, say
from lms.cohorts.queries import cohort_by_public_id
from lms.errors import NotAllowed
from lms.formats import LANGUAGES, Formatter
from lms.i18n import reading_as
from lms.organizations.kinds import Sector
from lms.organizations.models import Network
from lms.organizations.queries import network_by_public_id
from lms.replica import read_for_report
from lms.reports.completion_sheet import completion_sheet
from lms.reports.details_sheet import details_sheet
from lms.reports.queries.completion import report as answer
from lms.reports.queries.details_query import details_of
from lms.reports.queries.modules import ReportModule, editions_of, modules_of
from lms.reports.query import CompletionQuery, Progress
from lms.reports.sheets import FORMATS, Sheet, stream

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def report() -> None:
    """Write a network's reports into files."""


@report.command()
@click.option("--network", "network_id", required=True, help="The network's id, as in the address of its report.")
@click.option("--format", "file_format", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fa", show_default=True, help="Language of the file.")
@click.option("--name", default="", help="Only organizations whose name holds these words.")
@click.option("--country", default="", help="Only organizations of this country (IR, BH ...).")
@click.option("--sector", type=click.Choice([each.value for each in Sector]), help="Only this field of work.")
@click.option("--progress", type=click.Choice([each.value for each in Progress]), help="Only organizations so far.")
@click.option("--module", "module_id", default="", help="Only this module, by its id in the address.")
@click.option("--edition", type=int, help="Only this edition of the module, by its number.")
@click.option("--fewer", type=click.IntRange(1), help="Only organizations of which fewer people completed the module.")
@click.option("--cohort", "cohort_id", default="", help="Only people of this cohort, by its id in the address.")
@click.option("--completed-in", type=click.Choice(LANGUAGES), help="Only completions in this language.")
@click.option("--since", type=DAY, help="First day of completion, YYYY-MM-DD.")
@click.option("--until", type=DAY, help="Last day of completion, YYYY-MM-DD.")
def completion(
    network_id: str,
    file_format: str,
    out: Path,
    language: str,
    name: str,
    country: str,
    sector: str | None,
    progress: str | None,
    module_id: str,
    edition: int | None,
    fewer: int | None,
    cohort_id: str,
    completed_in: str | None,
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Organizations by modules: how many people completed each."""
    with command_app().app_context():
        moment = read_for_report()
        network = _network(network_id)
        modules = modules_of(network.id)
        if (edition or fewer) and not module_id:
            raise click.UsageError("--edition and --fewer look at one module: name it by --module.")
        chosen = _module(modules, module_id).id if module_id else None
        query = CompletionQuery(
            network.id,
            name=name,
            country=country.upper(),
            sector=sector or "",
            progress=Progress(progress) if progress else None,
            module_id=chosen,
            edition_id=_edition(chosen, edition) if chosen and edition else None,
            fewer=fewer,
            cohort_id=_cohort(network, cohort_id) if cohort_id else None,
            since=since.date() if since else None,
            until=until.date() if until else None,
            language=completed_in or "",
        )
        with reading_as(Formatter(language, time_zone=network.time_zone)):
            found = answer(query, network, modules, language=language, now=moment, page=None)
            sheet = completion_sheet(found)
            _write(sheet, file_format, out)
    say(f"{out}: {sheet.written} of {sheet.expected} rows")


@report.command()
@click.option("--network", "network_id", required=True, help="The network's id, as in the address of its report.")
@click.option("--format", "file_format", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fa", show_default=True, help="Language of the file.")
@click.option("--module", "module_id", default="", help="Only this module, by its id in the address.")
def people(network_id: str, file_format: str, out: Path, language: str, module_id: str) -> None:
    """A line a person and module that she began or completed, of the whole network."""
    with command_app().app_context():
        moment = read_for_report()
        network = _network(network_id)
        modules = modules_of(network.id)
        query = details_of(network, modules, _module(modules, module_id) if module_id else None, moment)
        with reading_as(Formatter(language, time_zone=network.time_zone)):
            sheet = details_sheet(query, network, moment)
            _write(sheet, file_format, out)
    say(f"{out}: {sheet.written} of {sheet.expected} rows")


def _network(network_id: str) -> Network:
    network = network_by_public_id(network_id)
    if network is None:
        raise click.ClickException(f"There is no network with the id {network_id}.")
    return network


def _module(modules: list[ReportModule], public_id: str) -> ReportModule:
    for module in modules:
        if module.public_id == public_id:
            return module
    raise click.ClickException(f"The report has no module with the id {public_id}.")


def _edition(module_id: int, number: int) -> int:
    for edition in editions_of(module_id):
        if edition.number == number:
            return edition.id
    raise click.ClickException(f"The module has no edition with the number {number}.")


def _cohort(network: Network, public_id: str) -> int:
    cohort = cohort_by_public_id(public_id)
    if cohort is None or cohort.network_id != network.id:
        raise click.ClickException(f"The network has no cohort with the id {public_id}.")
    return cohort.id


def _write(sheet: Sheet, file_format: str, out: Path) -> None:
    """Write the whole file or none."""
    part = out.with_name(f"{out.name}.part")
    try:
        pieces = stream(sheet, file_format)
    except NotAllowed as error:
        raise click.ClickException(error.message) from error
    with part.open("wb") as file:
        file.writelines(pieces)
    part.replace(out)
