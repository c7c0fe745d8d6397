"""What certification does when something happens that its rules may count."""

from datetime import datetime
from typing import Any

from lms.certification.events import SchemeRevised
from lms.certification.queries import seats_of_organization, seats_of_person
from lms.certification.services import ensure_scheme, follow, issue_for_completion, withdraw
from lms.db import db
from lms.jobs import enqueue
from lms.organizations.events import (
    ManagerEnded,
    ManagerNamed,
    MemberJoined,
    MemberLeft,
    NetworkCreated,
    OrganizationAdded,
    OrganizationLeft,
    PostNamed,
)
from lms.progress.events import FactsImported, ModuleCompleted
from lms.progress.models import ModuleCompletion
from lms.training.events import ModulePublished


def on_module_completed(_sender: Any, event: ModuleCompleted) -> None:
    """Give her the certificate, and see whether it was the last thing that her organizations needed."""
    issue_for_completion(db.session.get_one(ModuleCompletion, event.completion_id), event.at)
    for organization_id, network_id in seats_of_person(event.person_id, event.at.date()):
        follow(organization_id, network_id, event.at)


def on_member_joined(_sender: Any, event: MemberJoined) -> None:
    """She may bring completions with her."""
    _follow_everywhere(event.organization_id, event.at)


def on_member_left(_sender: Any, event: MemberLeft) -> None:
    """Of those who stay, a greater share may have completed the kit."""
    _follow_everywhere(event.organization_id, event.at)


def on_role_changed(_sender: Any, event: PostNamed | ManagerNamed | ManagerEnded) -> None:
    """A requirement may name the role that somebody has now, or has no more."""
    _follow_everywhere(event.organization_id, event.at)


def _follow_everywhere(organization_id: int, at: datetime) -> None:
    for seat in seats_of_organization(organization_id, at.date()):
        follow(*seat, at)


def on_network_created(_sender: Any, event: NetworkCreated) -> None:
    """A network starts with the scheme that ships."""
    ensure_scheme(event.network_id, event.at)


def on_organization_added(_sender: Any, event: OrganizationAdded) -> None:
    """Its way begins; what its people have completed already counts."""
    follow(event.organization_id, event.network_id, event.at)


def on_organization_left(_sender: Any, event: OrganizationLeft) -> None:
    """Its open ways end; what it was awarded stays."""
    withdraw(event.organization_id, event.network_id, actor_id=event.actor_id, now=event.at)


def on_module_published(_sender: Any, event: ModulePublished) -> None:
    """A kit may ask for one module more, and titles may have changed: the worker looks at every organization."""
    enqueue("follow_cycles", {}, unique_key=f"follow_cycles after version {event.version_id}")


def on_facts_imported(_sender: Any, event: FactsImported) -> None:
    """After the last of a sheet the worker looks at every organization, once: not at one for each of its rows."""
    if event.last:
        enqueue("follow_cycles", {}, unique_key=f"follow_cycles after import {event.import_id} {event.undone}")


def on_scheme_revised(_sender: Any, event: SchemeRevised) -> None:
    """The worker looks at every organization once the revision has begun; today's it looks at now."""
    enqueue("follow_cycles", {}, unique_key=f"follow_cycles after revision {event.revision_id} {event.cancelled}")


def listen() -> None:
    """Connect; connecting again changes nothing."""
    ModuleCompleted.signal.connect(on_module_completed)
    ModulePublished.signal.connect(on_module_published)
    FactsImported.signal.connect(on_facts_imported)
    MemberJoined.signal.connect(on_member_joined)
    MemberLeft.signal.connect(on_member_left)
    PostNamed.signal.connect(on_role_changed)
    ManagerNamed.signal.connect(on_role_changed)
    ManagerEnded.signal.connect(on_role_changed)
    NetworkCreated.signal.connect(on_network_created)
    OrganizationAdded.signal.connect(on_organization_added)
    OrganizationLeft.signal.connect(on_organization_left)
    SchemeRevised.signal.connect(on_scheme_revised)
