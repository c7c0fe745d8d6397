"""What restoring a backup asks of the keys."""

from lms.backup.resealing import resealer
from lms.certification.openbadges.services import seal_again
from lms.db import write_unit


@resealer
def seal_issuer_keys_again() -> None:
    """With the secret of this installation."""
    with write_unit():
        seal_again()
