"""The pages of the studio, one noun a file."""

from lms.authoring.views import files, home, modules, parts, previews, publishing, questions, texts
from lms.authoring.views.blueprint import blueprint

__all__ = ["blueprint", "files", "home", "modules", "parts", "previews", "publishing", "questions", "texts"]
