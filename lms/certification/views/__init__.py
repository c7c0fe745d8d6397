"""The pages of certification."""

from lms.certification.views import (
    bundles,
    mine,
    revoking,
    scheme_editing,
    scheme_preview,
    schemes,
    signatory,
    verifying,
)
from lms.certification.views.blueprint import blueprint, paper

__all__ = [
    "blueprint",
    "bundles",
    "mine",
    "paper",
    "revoking",
    "scheme_editing",
    "scheme_preview",
    "schemes",
    "signatory",
    "verifying",
]
