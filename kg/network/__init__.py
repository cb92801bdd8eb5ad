"""Hold a generation's things and relations in memory, to walk, search and sum them up.

Relations are what people mean by one: an inverse is told from one side only, and an interface or a
reference link is the relation it describes, with its review status and probability.
"""

from kg.network.network import Link, Network, Reified
from kg.network.reading import network_of

__all__ = ["Link", "Network", "Reified", "network_of"]
