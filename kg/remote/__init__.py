"""Read and write graphs behind a remote SPARQL 1.1 endpoint, whichever engine it is.

Nothing here runs unless a person names an endpoint. `endpoint` speaks the protocol, `store` is the
`kg.store.Store` on it, `dataset` publishes generations to it.
"""

from kg.remote.address import RemoteAddress
from kg.remote.dataset import RemoteDataset, RemoteGeneration
from kg.remote.endpoint import RemoteEndpoint
from kg.remote.store import RemoteStore

__all__ = [
    "RemoteAddress",
    "RemoteDataset",
    "RemoteEndpoint",
    "RemoteGeneration",
    "RemoteStore",
]
