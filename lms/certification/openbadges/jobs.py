"""What restoring a backup asks of the keys."""

from lms.backup.resealing import resealer
from lms.certification.openbadges.queries import issuer_keys
from lms.certification.openbadges.sealed import SEAL
from lms.db import write_unit


@resealer
def seal_issuer_keys_again() -> None:
    """With the secret of this installation."""
    with write_unit():
        for key in issuer_keys():
            key.sealed_key = SEAL.renewed(key.sealed_key, key.uid.bytes)
