"""File upload: files that the learner hands in, graded by a person."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, pgettext, reader
from lms.quizzes.question_types.base import MAIN, Answer, AuthorField, Fault, Given
from lms.quizzes.question_types.hand_graded import HandGraded
from lms.quizzes.question_types.reading import whole_author_number

KINDS = ("document", "sheet", "slides", "image", "audio", "video")
MOST_FILES, USUAL_FILES = 10, 3
MOST_MEGABYTES, USUAL_MEGABYTES = 50, 10
_FILE = {"id": str, "name": str, "type": str, "size": int}


class FileUpload(HandGraded):
    """Answers are {"files": [{"id", "name", "type", "size"}]}: what was handed in; the bytes lie in the storage."""

    key = "file_upload"
    label = lazy_gettext("File upload")
    help = lazy_gettext("Files that learners hand in. A person grades them by criteria.")
    answer_template = "quizzes/types/file_upload.html"
    review_template = "quizzes/types/by_hand_review.html"
    read_template = "quizzes/types/file_upload_read.html"
    takes_form = False
    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {
            "files": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_FILES,
                "items": {
                    "type": "object",
                    "properties": {
                        "id": {"type": "string"},
                        "name": {"type": "string"},
                        "type": {"type": "string"},
                        "size": {"type": "integer"},
                    },
                    "required": ["id", "name", "type", "size"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["files"],
        "additionalProperties": False,
    }

    def kinds_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The kinds of files that are taken."""
        kinds = structure.get("kinds")
        return [kind for kind in KINDS if kind in kinds] if isinstance(kinds, list) else []

    def kind_labels(self, structure: Mapping[str, Any]) -> list[str]:
        """Their names, for the reader."""
        labels = _labels()
        return [labels[kind] for kind in self.kinds_of(structure)]

    def most_files(self, structure: Mapping[str, Any]) -> int:
        """How many files there may be."""
        return _limit(structure.get("most_files"), USUAL_FILES, MOST_FILES)

    def most_bytes(self, structure: Mapping[str, Any]) -> int:
        """How large a file may be."""
        return _limit(structure.get("most_megabytes"), USUAL_MEGABYTES, MOST_MEGABYTES) * 1024 * 1024

    def rule_faults(self, structure: Mapping[str, Any]) -> Iterator[Fault]:
        """Kinds and limits that are none."""
        kinds, known = structure.get("kinds"), self.kinds_of(structure)
        if not isinstance(kinds, list) or not known or len(known) != len(kinds):
            yield Fault("structure.kinds", _("Choose which kinds of files are taken."))
        for name, most in (("most_files", MOST_FILES), ("most_megabytes", MOST_MEGABYTES)):
            if name in structure and _limit(structure[name], 0, most) != structure[name]:
                bounds = {"low": reader().number(1), "high": reader().number(most)}
                yield Fault(f"structure.{name}", _("Write a whole number from %(low)s to %(high)s.", **bounds))

    def rule_fields(self, structure: Mapping[str, Any]) -> list[AuthorField]:
        """Kinds, how many, how large."""
        kinds = tuple(self.kinds_of(structure)) or (KINDS[0],)
        return [
            AuthorField("kinds", _("Files that are taken"), "many", kinds, choices=tuple(_labels().items())),
            AuthorField("most_files", _("How many files at most"), "number", (str(self.most_files(structure)),)),
            AuthorField(
                "most_megabytes",
                _("Megabytes of a file at most"),
                "number",
                (str(self.most_bytes(structure) // 1024 // 1024),),
            ),
        ]

    def rules_from(self, given: Given) -> dict[str, Any]:
        """Kinds and limits."""
        files = whole_author_number(given, "most_files", 1, MOST_FILES)
        megabytes = whole_author_number(given, "most_megabytes", 1, MOST_MEGABYTES)
        return {
            "kinds": [kind for kind in KINDS if kind in given.get("kinds", ())],
            "most_files": files or USUAL_FILES,
            "most_megabytes": megabytes or USUAL_MEGABYTES,
        }

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """The files that `given` shows. Raises DomainError for anything else: files come by themselves."""
        files = [_file(text) for text in given.get(MAIN, ())]
        return {"files": files} if files else None

    def given(self, answer: Answer) -> Given:
        """Each file, as JSON."""
        return {MAIN: [json.dumps(file, sort_keys=True) for file in answer["files"]]}

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """Names and sizes."""
        return [f"{file['name']} ({reader().file_size(file['size'])})" for file in answer["files"]]

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """The type of each file."""
        return [file["type"] for file in answer["files"]]


def _labels() -> dict[str, str]:
    return {
        "document": _("Documents (PDF, Word, OpenDocument, plain text)"),
        "sheet": _("Tables (Excel, OpenDocument)"),
        "slides": _("Slides (PowerPoint, OpenDocument)"),
        "image": pgettext("kind of file", "Pictures"),
        "audio": _("Sound recordings"),
        "video": pgettext("kind of file", "Videos"),
    }


def _limit(value: Any, usual: int, most: int) -> int:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 1 <= value <= most else usual


def _file(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.keys() != _FILE.keys():
        raise DomainError(_("This answer could not be read."))
    if any(type(found[name]) is not kind for name, kind in _FILE.items()):
        raise DomainError(_("This answer could not be read."))
    return found
