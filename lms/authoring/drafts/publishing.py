"""From a draft to a version."""

from dataclasses import dataclass
from datetime import datetime

from lms.authoring.drafts.writing import hold
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.training.models import Module, ModuleVersion, VersionKind
from lms.training.publishing import Rendered, publish


@dataclass(frozen=True)
class Release:
    """What a trainer is about to publish: the tree of the draft at a revision, rendered, over a version (0: none)."""

    rendered: Rendered
    revision: int
    over: int
    kind: VersionKind
    note: str


def publish_draft(module: Module, release: Release, *, actor_id: int, now: datetime) -> ModuleVersion:
    """Make the draft the module's current version; the draft stays, in step with it.

    Raises NotAllowed where the draft was changed since it was rendered, or published by somebody else, or for a
    correction that is none.
    """
    if module.draft is None:
        raise NotAllowed(_("There is no draft to publish."))
    draft = hold(module.draft.id, actor_id=actor_id, now=now)
    over = module.current_version.number if module.current_version else 0
    if draft.revision != release.revision + 1 or over != release.over:
        raise NotAllowed(_("The draft was changed while you were looking at it. Look again, then publish."))
    draft.revision = draft.published_revision = release.revision
    return publish(
        module,
        release.rendered.tree,
        kind=release.kind,
        note=release.note,
        actor_id=actor_id,
        now=now,
        rendered=release.rendered,
    )
