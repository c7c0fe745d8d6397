"""The pages of evidence."""

from lms.certification.evidence.views import files, parties, pieces, reviewers, reviewing, submitting
from lms.certification.evidence.views.blueprint import blueprint

__all__ = ["blueprint", "files", "parties", "pieces", "reviewers", "reviewing", "submitting"]
