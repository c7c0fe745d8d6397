"""What kinds of networks and organizations there are."""

from enum import StrEnum


class Form(StrEnum):
    """What organizations together can be."""

    NETWORK = "network"
    UNION = "union"
    UMBRELLA = "umbrella"
    FORUM = "forum"


class Reach(StrEnum):
    """How far a network reaches."""

    NATIONAL = "national"
    REGIONAL = "regional"
    INTERNATIONAL = "international"


class Basis(StrEnum):
    """What joins its members; a thematic basis is general or specialised."""

    GEOGRAPHIC = "geographic"
    THEMATIC_GENERAL = "thematic_general"
    THEMATIC_SPECIALISED = "thematic_specialised"


class Sector(StrEnum):
    """An organization's main field of work."""

    WOMEN = "women"
    YOUTH = "youth"
    """Children and youth."""
    HEALTH = "health"
    EDUCATION = "education"
    ENVIRONMENT = "environment"
    DISABILITY = "disability"
    LIVELIHOODS = "livelihoods"
    """Poverty and livelihoods."""
    CULTURE = "culture"
    RIGHTS = "rights"
    """Human rights and law."""
    HUMANITARIAN = "humanitarian"
    COMMUNITY = "community"
    """Community development."""
    RESEARCH = "research"
    CAPACITY = "capacity"
    """Capacity building of organizations."""
    OTHER = "other"
