"""Writes about what is taught, beside publishing."""

from datetime import datetime

from lms.db import db
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.training.models import Module, ModuleVersion
from lms.training.publishing import Rendered, kind_of_change, publish
from lms.training.queries import module_of_site


def import_module(rendered: Rendered, *, update: bool, actor_id: int | None, now: datetime) -> ModuleVersion | None:
    """Make a checked and rendered tree a module of the site; with `update`, a new version of the one that has its key.

    None when that version is there already. Raises NotAllowed where the key is taken and `update` is not set.
    """
    tree = rendered.tree
    module = module_of_site(tree.key)
    if module is not None and not update:
        raise NotAllowed(_("A module %(id)s is here already.", id=tree.key))
    if module is None:
        module = Module(key=tree.key, titles=tree.manifest["title"], created_at=now)
        db.session.add(module)
    current = module.current_version
    if current is not None and current.content_hash == rendered.content_hash:
        return None
    kind = kind_of_change(current, tree)
    return publish(module, tree, kind=kind, note="", actor_id=actor_id, now=now, rendered=rendered)
