"""The networking kit: what networking is, the forms of networks. Content only."""

from lms.plugins.contract import Plugin


class NetworkingKit(Plugin):
    """Networking for civil-society organizations, after the two documents of the domain."""

    name = "networking_kit"
    title = "The networking kit"


module = NetworkingKit()
