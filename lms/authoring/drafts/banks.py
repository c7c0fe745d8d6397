"""The bank of an owner's questions: a draft of its own whose quizzes are folders."""

from datetime import datetime

from sqlalchemy import select

from lms.authoring.drafts.parts import add_part, new_head, remove_part, sequence_of
from lms.authoring.drafts.texts import put_text
from lms.authoring.drafts.writing import fresh_key
from lms.db import Texts, db
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.text import clean_line, fold_key
from lms.training.models import Draft, DraftItem, DraftPart, Module, PartKind

TITLES = {"fa": "بانک پرسش", "ar": "بنك الأسئلة", "en": "Question bank"}
LONGEST_NAME = 100


def find_bank(network_id: int | None) -> Module | None:
    """The bank of a network, or of the site."""
    owner = Module.network_id.is_(None) if network_id is None else Module.network_id == network_id
    return db.session.scalar(
        select(Module).where(Module.bank, owner, Module.plugin.is_(None)).order_by(Module.id).limit(1)
    )


def bank_of(network_id: int | None, *, actor_id: int | None, now: datetime) -> Module:
    """The bank of a network, or of the site, begun where there is none yet."""
    found = find_bank(network_id)
    if found is not None:
        return found
    titles: Texts = dict(TITLES)
    module = Module(key=fresh_key("bank"), titles=titles, network_id=network_id, bank=True, created_at=now)
    draft = Draft(module=module, source_language="fa", changed_at=now, changed_by_id=actor_id)
    draft.parts = [new_head()]
    db.session.add(draft)
    db.session.flush()
    return module


def folders_of(bank: Module) -> list[DraftPart]:
    """Its folders in their order."""
    return sequence_of(bank.draft) if bank.draft else []


def folder_name(part: DraftPart) -> str:
    """What a folder is called."""
    title = _title(part)
    return next((str(text.body["text"]) for text in title.texts), "") or part.key


def _title(part: DraftPart) -> DraftItem:
    return next(item for item in part.items if item.kind == "title" and item.key.startswith("@"))


def add_folder(bank: Module, name: str, *, actor_id: int | None, now: datetime) -> DraftPart:
    """A folder of that name, or the one that has it already. Raises DomainError for no name."""
    assert bank.draft is not None
    cleaned = clean_line(name)[:LONGEST_NAME]
    if not cleaned:
        raise DomainError(_("Give the folder a name."), "name")
    known = {fold_key(folder_name(part)): part for part in folders_of(bank)}
    if fold_key(cleaned) in known:
        return known[fold_key(cleaned)]
    part = add_part(bank.draft, PartKind.QUIZ, actor_id=actor_id, now=now)
    rename_folder(part, cleaned, actor_id=actor_id, now=now)
    return part


def rename_folder(part: DraftPart, name: str, *, actor_id: int | None, now: datetime) -> None:
    """Call a folder something else: a name is one, whatever its language. Raises DomainError for no name."""
    cleaned = clean_line(name)[:LONGEST_NAME]
    if not cleaned:
        raise DomainError(_("Give the folder a name."), "name")
    source = part.draft.source_language
    put_text(_title(part), source, {"text": cleaned}, source, filled=True, in_step=True, by=actor_id, now=now)


def remove_folder(part: DraftPart, *, actor_id: int | None, now: datetime) -> None:
    """Take a folder out. Raises DomainError where questions are in it."""
    if any(item.removed_at is None and not item.key.startswith("@") for item in part.items):
        raise DomainError(_("There are questions in this folder. Move or delete them first."))
    remove_part(part, actor_id=actor_id, now=now)
