"""New modules, and drafts of those that have none."""

from datetime import datetime

from sqlalchemy import select

from lms.authoring.drafts.bringing import bring_pools
from lms.authoring.drafts.parts import new_head
from lms.authoring.drafts.reading_trees import draft_of
from lms.authoring.drafts.texts import put_text
from lms.authoring.drafts.writing import fresh_key
from lms.authoring.events import ModuleCreated
from lms.db import Texts, db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.training.media import FactsByName, facts_of, give_media
from lms.training.models import Draft, Module
from lms.training.publishing import tree_of
from lms.training.tree import Tree


def new_module(titles: Texts, *, network_id: int | None, source_language: str, actor_id: int, now: datetime) -> Module:
    """A module with a title in some language and nothing in it, owned by the site or by a network."""
    module = Module(key=fresh_key("module"), titles=titles, network_id=network_id, created_at=now)
    draft = Draft(module=module, source_language=source_language, changed_at=now, changed_by_id=actor_id)
    draft.parts = [new_head()]
    db.session.add(draft)
    db.session.flush()
    title = draft.parts[0].items[0]
    for code, text in titles.items():
        put_text(title, code, {"text": text}, source_language, filled=True, in_step=True, by=actor_id, now=now)
    _tell(module, actor_id, now)
    return module


def make_our_own(original: Module, *, network_id: int | None, actor_id: int, now: datetime) -> Module:
    """A module of the site or a network that begins as a copy of another's current version.

    Raises NotAllowed where the original was never published.
    """
    if original.current_version is None:
        raise NotAllowed(_("This module is not published."))
    tree = tree_of(original.current_version)
    facts = facts_of(tree.media)
    return module_of_tree(tree, facts, network_id=network_id, derived_from_id=original.id, actor_id=actor_id, now=now)


def module_of_tree(
    tree: Tree,
    facts: FactsByName,
    *,
    network_id: int | None,
    actor_id: int,
    now: datetime,
    derived_from_id: int | None = None,
) -> Module:
    """A module of the site or a network whose draft says what a checked tree says; `facts` are of its media files."""
    tree = bring_pools(tree, network_id=network_id, actor_id=actor_id, now=now)
    module = Module(
        key=fresh_key(tree.key[:60]),
        titles=dict(tree.manifest["title"]),
        network_id=network_id,
        derived_from_id=derived_from_id,
        created_at=now,
    )
    db.session.add(draft_of(module, tree, actor_id=actor_id, now=now))
    db.session.flush()
    give_media(module, facts, actor_id=actor_id, now=now)
    _tell(module, actor_id, now)
    return module


def start_draft(module: Module, *, actor_id: int, now: datetime) -> Draft:
    """The draft of a published module, begun from its current version where there is none yet."""
    # Two who begin at once get one draft.
    db.session.execute(select(Module.id).where(Module.id == module.id).with_for_update())
    db.session.refresh(module, ["draft"])
    if module.draft is not None:
        return module.draft
    if module.current_version is None:
        raise NotAllowed(_("This module is not published."))
    tree = bring_pools(tree_of(module.current_version), network_id=module.network_id, actor_id=actor_id, now=now)
    draft = draft_of(module, tree, actor_id=actor_id, now=now)
    draft.revision = draft.published_revision = 1
    db.session.add(draft)
    db.session.flush()
    return draft


def discard_draft(module: Module, *, actor_id: int, now: datetime) -> Draft:
    """Throw away what was changed since the module was published. Raises NotAllowed where it never was."""
    if module.current_version is None:
        raise NotAllowed(_("This module is not published."))
    if module.draft is not None:
        db.session.delete(module.draft)
        db.session.flush()
    return start_draft(module, actor_id=actor_id, now=now)


def archive_module(module: Module, *, actor_id: int, now: datetime) -> None:
    """Put a module away that nobody has seen. Raises NotAllowed for a published one."""
    if module.current_version_id is not None:
        raise NotAllowed(_("Learners may be reading this module: it cannot be deleted."))
    module.archived_at = now


def _tell(module: Module, actor_id: int, now: datetime) -> None:
    db.session.flush()
    emit(
        ModuleCreated(
            at=now,
            actor_id=actor_id,
            module_id=module.id,
            network_id=module.network_id,
            derived_from_id=module.derived_from_id,
        )
    )
