"""Checking credentials, of this installation and of other issuers: nothing is fetched, everything is bounded."""

from lms.certification.openbadges.checking.judging import Means, Outcome, Verdict, judge

__all__ = ["Means", "Outcome", "Verdict", "judge"]
