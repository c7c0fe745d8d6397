"""`lms demo`: load the demonstration."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from lms.cli.environment import command_app, command_settings, say
from lms.cli.holding import holding_alone
from lms.cli.upgrade import bring_up_to_date

SIZES = ("1k", "10k", "100k", "1m")


@click.command()
@click.option("--random-passwords", is_flag=True, help="Give its accounts random passwords.")
@click.option("--size", type=click.Choice(SIZES), help="Make one large network of so many people in its place.")
def demo(random_passwords: bool, size: str | None) -> None:
    """Load the demonstration network and its accounts, without serving; `lms start --demo` serves them too."""
    settings = command_settings(demo=True)
    with holding_alone(settings.data):
        app = command_app(settings)
        with app.app_context():
            bring_up_to_date(app)
            load(random_passwords=random_passwords, size=size)


def load(*, random_passwords: bool, size: str | None = None) -> None:
    """Load it in the app's context and print its accounts; ends the command where other people are."""
    from lms.demo import DemoRefused, load_demo

    try:
        lines = load_demo(random_passwords=random_passwords, size=size, progress=bar)
    except DemoRefused as error:
        raise click.ClickException(
            "People are here who are not of this demonstration. Load it into a folder of its own: LMS_DATA=demo"
        ) from error
    for line in lines:
        say(line)


@contextmanager
def bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on the console."""
    with click.progressbar(length=length, label=label) as shown:
        yield shown.update
