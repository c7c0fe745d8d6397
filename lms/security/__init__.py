"""Who may do what: permissions, predicates, the policy that joins them, and the guard that applies it."""

from lms.security.guards import public, require
from lms.security.permissions import Permission

__all__ = ["Permission", "public", "require"]
