"""The pages and addresses of Open Badges."""

from lms.certification.openbadges.views import checking, files, published, wallet

__all__ = ["checking", "files", "published", "wallet"]
