"""What sheets keep about a person."""

from datetime import datetime

from sqlalchemy import or_, select

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser
from lms.db import db
from lms.imports.bulk.services import let_files_go
from lms.imports.models import WORKING, Import
from lms.organizations.models import Membership, NetworkMembership


def forget_sheets(person: Person, now: datetime) -> None:
    """Delete the sheets and previews that may name a person who is erased: those of her organizations' networks that
    are not being worked at; those are deleted within a fortnight anyway."""
    hers = select(Membership.organization_id).where(Membership.person_id == person.id)
    networks = select(NetworkMembership.network_id).where(NetworkMembership.organization_id.in_(hers))
    with_files = or_(Import.file_key.is_not(None), Import.preview_key.is_not(None))
    query = select(Import).where(Import.network_id.in_(networks), with_files, Import.state.not_in(WORKING))
    for record in db.session.scalars(query):
        let_files_go(record, now)


def register_privacy() -> None:
    """Tell accounts what is forgotten of an erased person."""
    register_eraser(forget_sheets)
