"""The pages about the API: its tokens, and its document."""

from lms.api.views import documentation, tokens
from lms.api.views.blueprint import blueprint

__all__ = ["blueprint", "documentation", "tokens"]
