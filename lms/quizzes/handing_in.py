"""Files of an answer, as its question takes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage

from lms.media.handing_in import Incoming, Taken, store_files
from lms.quizzes.question_types.file_upload import FileUpload
from lms.storage import Storage


def take_files(
    files: Sequence[FileStorage], kind: FileUpload, structure: Mapping[str, Any], storage: Storage
) -> list[Incoming]:
    """Store files as the question takes them. Raises DomainError (MediaError) for the first that is not taken."""
    return store_files(files, Taken(kind.kinds_of(structure), kind.most_bytes(structure)), storage)
