"""A process that counts attempts one by one: `python -m tests.cli.counting_process URL DATA LOG`; each is a line."""

import sys
from pathlib import Path

from lms import create_app
from lms.clock import now
from lms.db import write_unit
from lms.quizzes.statistics.counting import count_next
from tests.cli.processes import settings_for

if __name__ == "__main__":
    app, log = create_app(settings_for(sys.argv[1], Path(sys.argv[2]))), Path(sys.argv[3])
    with app.app_context():
        more = True
        while more:
            with write_unit():
                more = count_next(now(), most=1)
            with log.open("a") as file:
                file.write("counted\n")
