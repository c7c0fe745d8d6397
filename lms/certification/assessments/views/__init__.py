"""The pages of self-assessment."""

from lms.certification.assessments.views import agreeing, plan, recorders, reviewing, rounds, scoring
from lms.certification.assessments.views.blueprint import blueprint

__all__ = ["agreeing", "blueprint", "plan", "recorders", "reviewing", "rounds", "scoring"]
