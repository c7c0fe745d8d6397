"""Files of an answer: handed in, taken back. None of these commits: callers run them in a write unit."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from lms.db import db
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.media.handing_in import Incoming
from lms.quizzes.models import AttemptQuestion
from lms.quizzes.queries import AnswerSlot
from lms.quizzes.question_types import Answer
from lms.quizzes.services.saving import ClientKey, Receipt, save_in
from lms.quizzes.upload_models import Upload
from lms.storage.sweeping import forget_soon


def add_files(
    slot: AnswerSlot, files: Sequence[Incoming], most: int, device: str, language: str, now: datetime
) -> Receipt:
    """Add files to an answer. Raises DomainError where there would be too many; TimeIsUp, AttemptClosed."""
    there = _locked(slot)
    if len(there) + len(files) > most:
        raise DomainError(_("At most %(most)s files can be handed in here.", most=reader().number(most)))
    added = [
        Upload(
            attempt_question_id=slot.question_id,
            digest=file.digest,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            created_at=now,
        )
        for file in files
    ]
    db.session.add_all(added)
    db.session.flush()
    return _saved(slot, [*there, *added], device, language, now)


def take_back(slot: AnswerSlot, upload_id: str, device: str, language: str, now: datetime) -> Receipt:
    """Take a file out of an answer, for good. Raises DomainError where it is not there; TimeIsUp, AttemptClosed."""
    there = _locked(slot)
    gone = next((upload for upload in there if upload.public_id == upload_id), None)
    if gone is None:
        raise DomainError(_("This file is not there any more."))
    receipt = _saved(slot, [upload for upload in there if upload is not gone], device, language, now)
    drop_upload(gone, now)
    return receipt


def drop_upload(upload: Upload, now: datetime) -> None:
    """Forget a file; its bytes go an hour later, unless somebody needs the same."""
    db.session.delete(upload)
    forget_soon(upload.digest, now)


def _locked(slot: AnswerSlot) -> list[Upload]:
    """The files of an answer, which nobody else changes until the commit."""
    own = select(AttemptQuestion.id).where(AttemptQuestion.id == slot.question_id)
    db.session.execute(own.with_for_update())
    query = select(Upload).where(Upload.attempt_question_id == slot.question_id).order_by(Upload.id)
    return list(db.session.scalars(query))


def _saved(slot: AnswerSlot, uploads: Sequence[Upload], device: str, language: str, now: datetime) -> Receipt:
    return save_in(slot, _answer(uploads), ClientKey(uuid.uuid4().hex, 0, device), language, now)


def _answer(uploads: Sequence[Upload]) -> Answer | None:
    files = [
        {"id": upload.public_id, "name": upload.name, "type": upload.media_type, "size": upload.size}
        for upload in uploads
    ]
    return {"files": files} if files else None
