"""`lms demo`: load the demonstration."""

import click

from lms.cli.environment import command_app, command_settings, say
from lms.cli.holding import holding_alone
from lms.cli.upgrade import bring_up_to_date


@click.command()
@click.option("--random-passwords", is_flag=True, help="Give its accounts random passwords.")
def demo(random_passwords: bool) -> None:
    """Load the demonstration network and its accounts, without serving; `lms start --demo` serves them too."""
    settings = command_settings(demo=True)
    with holding_alone(settings.data):
        app = command_app(settings)
        with app.app_context():
            bring_up_to_date(app)
            load(random_passwords=random_passwords)


def load(*, random_passwords: bool) -> None:
    """Load it in the app's context and print its accounts; ends the command where other people are."""
    from lms.demo import DemoRefused, load_demo

    try:
        lines = load_demo(random_passwords=random_passwords)
    except DemoRefused as error:
        raise click.ClickException(
            "People are here who are not of the demonstration. Load it into a folder of its own: LMS_DATA=demo"
        ) from error
    for line in lines:
        say(line)
