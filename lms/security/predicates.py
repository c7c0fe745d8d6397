"""Pure functions of who acts and what is acted on."""

from collections.abc import Callable

from lms.security.actor import Actor, Role, Scope

Predicate = Callable[[Actor, Scope | None], bool]


def is_signed_in(actor: Actor, scope: Scope | None) -> bool:
    """Any account."""
    return True


def owns(actor: Actor, scope: Scope | None) -> bool:
    """The target is the actor's own."""
    return scope is not None and scope.person_id == actor.person_id


def belongs(actor: Actor, scope: Scope | None) -> bool:
    """The actor is a confirmed member of the target's organization."""
    return scope is not None and scope.organization_id in actor.organization_ids


def manages(actor: Actor, scope: Scope | None) -> bool:
    """The actor manages the target's organization."""
    return scope is not None and scope.organization_id in actor.organizations_as(Role.MANAGER)


def administers(actor: Actor, scope: Scope | None) -> bool:
    """The actor is an admin of a network that the target belongs to today."""
    return scope is not None and bool(scope.network_ids & actor.networks_as(Role.NETWORK_ADMIN))


def administers_all(actor: Actor, scope: Scope | None) -> bool:
    """The actor is an admin of every network that the target tells of."""
    if scope is None or not scope.network_ids:
        return False
    return scope.network_ids <= actor.networks_as(Role.NETWORK_ADMIN)


def is_network_admin(actor: Actor, scope: Scope | None) -> bool:
    """The actor administers some network."""
    return actor.has_role(Role.NETWORK_ADMIN)


def is_reviewer(actor: Actor, scope: Scope | None) -> bool:
    """The actor reviews evidence and self-assessments for some network."""
    return actor.has_role(Role.REVIEWER) or actor.has_role(Role.NETWORK_ADMIN)


def reviewing_networks(actor: Actor) -> frozenset[int]:
    """The networks for which she reviews: as a reviewer or as an admin."""
    return actor.networks_as(Role.REVIEWER) | actor.networks_as(Role.NETWORK_ADMIN)


def reviews(actor: Actor, scope: Scope | None) -> bool:
    """The actor reviews for a network that the target belongs to today."""
    return scope is not None and bool(scope.network_ids & reviewing_networks(actor))


def is_trainer(actor: Actor, scope: Scope | None) -> bool:
    """The actor is a trainer somewhere."""
    return actor.has_role(Role.TRAINER)


def trains(actor: Actor, scope: Scope | None) -> bool:
    """The actor is a trainer of the target's owner: the site, or one of its networks."""
    if scope is None:
        return False
    return trains_site(actor) if scope.site else bool(scope.network_ids & actor.networks_as(Role.TRAINER))


def trains_site(actor: Actor) -> bool:
    """Whether she is a trainer of the whole site."""
    return any(grant.role is Role.TRAINER and grant.network_id is None for grant in actor.grants)


def grading_networks(actor: Actor) -> frozenset[int]:
    """The networks for whose modules and learners she grades: those that she trains or administers."""
    return actor.networks_as(Role.TRAINER) | actor.networks_as(Role.NETWORK_ADMIN)


def is_grader(actor: Actor, scope: Scope | None) -> bool:
    """The actor grades answers somewhere."""
    return actor.has_role(Role.TRAINER) or actor.has_role(Role.NETWORK_ADMIN)


def grades(actor: Actor, scope: Scope | None) -> bool:
    """The actor trains the target's owner, or trains or administers a network of its; the answer is not her own.

    The target's networks are its module's owner and those that may know its learner.
    """
    if scope is None or scope.person_id == actor.person_id:
        return False
    return (scope.site and trains_site(actor)) or bool(scope.network_ids & grading_networks(actor))


def operates(actor: Actor, scope: Scope | None) -> bool:
    """The actor operates the installation."""
    return actor.has_role(Role.OPERATOR)


def lies_within(places: frozenset[int | None], belonging: frozenset[int], managed: frozenset[int]) -> bool:
    """Whether a person is wholly within the organizations that somebody manages.

    `places` are the organizations of all her memberships and grants (None: a network or the site), `belonging` those
    that confirmed her. One place elsewhere, or nowhere confirmed, and she is not.
    """
    return bool(belonging & managed) and places <= managed
