"""The blueprint that the pages of evidence register with."""

from typing import Any

from flask import Blueprint

from lms.certification.evidence import showing
from lms.certification.evidence.evidence_types import evidence_type

blueprint = Blueprint("evidence", __name__, url_prefix="/<lang>")


@blueprint.context_processor
def words() -> dict[str, Any]:
    """How evidence is put in words."""
    return {"evidence_type": evidence_type, "evidence_words": showing}
