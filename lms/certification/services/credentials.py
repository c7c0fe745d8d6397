"""Giving people and organizations something to show, and taking it back."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from lms.certification.events import CertificateIssued, CertificateWithdrawn
from lms.certification.models import Award, Credential, Visibility
from lms.certification.openbadges.services import ensure_key, give_place
from lms.certification.services.bundles import let_bundles_of_person_go
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Membership, Network, NetworkMembership
from lms.organizations.queries import in_force
from lms.progress.models import ModuleCompletion
from lms.text import certificate_code
from lms.training.models import KitModule, Module


def issue_for_completion(completion: ModuleCompletion, now: datetime) -> list[Credential]:
    """A person's credential for a module completion, and for each kit that is complete with it. Once each."""
    known = select(Credential.id).where(Credential.module_completion_id == completion.id)
    if db.session.scalar(known) is not None:
        return []
    day = _day_of(completion.person_id, now)
    of_module = Credential(
        person_id=completion.person_id, module_completion_id=completion.id, issued_on=day, network_id=_owner(completion)
    )
    kits = [
        Credential(person_id=completion.person_id, kit_id=kit_id, issued_on=day) for kit_id in _kits_done(completion)
    ]
    return [_issue(each, now) for each in (of_module, *kits)]


def _owner(completion: ModuleCompletion) -> int | None:
    """The network whose module it is; it certifies what it teaches."""
    return db.session.scalar(select(Module.network_id).where(Module.id == completion.module_id))


def _kits_done(completion: ModuleCompletion) -> list[int]:
    """Kits of the module that the person has completed whole and holds nothing for yet."""
    hers = select(ModuleCompletion.module_id).where(ModuleCompletion.person_id == completion.person_id)
    open_still = func.count().filter(KitModule.module_id.not_in(hers))
    return list(
        db.session.scalars(
            select(KitModule.kit_id)
            .join(Module, Module.id == KitModule.module_id)
            .where(
                KitModule.kit_id.in_(select(KitModule.kit_id).where(KitModule.module_id == completion.module_id)),
                KitModule.kit_id.not_in(
                    select(Credential.kit_id).where(
                        Credential.person_id == completion.person_id, Credential.kit_id.is_not(None)
                    )
                ),
                Module.archived_at.is_(None),
                Module.current_version_id.is_not(None),
            )
            .group_by(KitModule.kit_id)
            .having(open_still == 0)
            .order_by(KitModule.kit_id)
        )
    )


def _day_of(person_id: int, now: datetime) -> date:
    """The calendar day of her organization's network, or of UTC for who belongs to none."""
    day = now.date()
    zone = db.session.scalar(
        select(Network.time_zone)
        .join(NetworkMembership, NetworkMembership.network_id == Network.id)
        .join(Membership, Membership.organization_id == NetworkMembership.organization_id)
        .where(Membership.person_id == person_id, Membership.confirmed_at.is_not(None))
        .where(in_force(Membership, day), in_force(NetworkMembership, day))
        .order_by(NetworkMembership.id)
        .limit(1)
    )
    return now.astimezone(ZoneInfo(zone or "UTC")).date()


def issue_for_award(award: Award, now: datetime) -> Credential:
    """An organization's credential for an award."""
    cycle = award.cycle
    assert cycle.awarded_on is not None
    return _issue(
        Credential(
            organization_id=cycle.organization_id,
            network_id=cycle.network_id,
            award_id=award.id,
            issued_on=cycle.awarded_on,
            expires_on=cycle.expires_on,
            visibility=Visibility.LISTED,
        ),
        now,
    )


def issue_again(gone: Credential, now: datetime) -> Credential:
    """Another certificate, with a new code, for what the holder of one that was taken back did; once.

    Raises NotAllowed where it was not taken back.
    """
    db.session.execute(select(Credential.id).where(Credential.id == gone.id).with_for_update())
    if gone.withdrawn_at is None:
        raise NotAllowed(_("This certificate was not taken back."))
    standing = select(Credential).where(
        Credential.person_id == gone.person_id,
        Credential.kit_id.is_not_distinct_from(gone.kit_id),
        Credential.module_completion_id.is_not_distinct_from(gone.module_completion_id),
        Credential.withdrawn_at.is_(None),
    )
    of = ("person_id", "kit_id", "module_completion_id", "network_id", "issued_on")
    again = Credential(**{name: getattr(gone, name) for name in of})
    return db.session.scalars(standing).one_or_none() or _issue(again, now)


def _issue(credential: Credential, now: datetime) -> Credential:
    ensure_key(now)
    credential.code = _unused_code()
    give_place(credential)
    db.session.add(credential)
    db.session.flush()
    emit(
        CertificateIssued(
            now,
            credential.person_id,
            credential.id,
            credential.person_id,
            credential.organization_id,
            credential.network_id,
        )
    )
    return credential


def _unused_code() -> str:
    while True:
        code = certificate_code()
        if db.session.scalar(select(Credential.id).where(Credential.code == code)) is None:
            return code


def set_visibility(credential: Credential, visibility: Visibility) -> None:
    """How a person's credential can be found. Raises DomainError for an organization's: it is always listed."""
    if credential.person_id is None:
        raise DomainError(_("A certificate of an organization is always listed."), "visibility")
    credential.visibility = visibility


def take_back(credential: Credential, now: datetime) -> None:
    """A person's own certificate, at her wish and for good: what she completed stays, and she can be given another one.

    Raises NotAllowed.
    """
    credential.withdraw(now)
    let_bundles_of_person_go(credential.person_id or 0, now)
    emit(CertificateWithdrawn(now, credential.person_id, credential.id))
