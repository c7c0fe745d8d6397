"""`python -m lms.cli`, where the command `lms` is not installed."""

from lms.cli import main

main()
