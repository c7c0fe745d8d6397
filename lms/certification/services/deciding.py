"""Who may decide."""

from lms.certification.models import Cycle
from lms.certification.queries.deciding import is_own
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.queries import actor_of


def refuse_own(cycle: Cycle, actor_id: int) -> None:
    """Nobody decides on her own organization. Raises NotAllowed where it is hers."""
    if is_own(cycle.organization_id, actor_of(actor_id)):
        raise NotAllowed(_("You belong to this organization; somebody else has to decide."))
